package dev.ludo.server.realtime;

import dev.ludo.server.Secrets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser's socket, by an implementation that is not ours. */
final class Browser implements WebSocket.Listener {
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private Browser(HttpClient http, URI uri, String... headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("protocols")) {
                String[] protocols = headers[i + 1].split(",", -1);
                builder.subprotocols(protocols[0], java.util.Arrays.copyOfRange(protocols, 1, protocols.length));
            } else {
                builder.header(headers[i], headers[i + 1]);
            }
        }
        socket = builder.buildAsync(uri, this).join();
    }

    static Browser open(HttpClient http, URI uri, String... headers) {
        return new Browser(http, uri, headers);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            Secrets.look("a message", partial.toString());
            received.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        end.complete(code + " " + reason);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end.complete("lost");
    }

    String protocol() {
        return socket.getSubprotocol();
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void close(int code, String reason) {
        socket.sendClose(code, reason).join();
    }

    void vanish() {
        socket.abort();
    }

    String next() throws InterruptedException {
        return Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "nothing came");
    }

    String end() throws Exception {
        return end.get(20, TimeUnit.SECONDS);
    }
}
