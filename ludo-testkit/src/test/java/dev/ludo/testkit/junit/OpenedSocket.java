package dev.ludo.testkit.junit;

import dev.ludo.testkit.FakeLudo;
import java.net.http.HttpClient;
import java.net.http.WebSocket;

/** A socket to a fake that has not joined a room. */
final class OpenedSocket implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    OpenedSocket(FakeLudo ludo) {
        this.socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + ludo.apiKey().reveal())
                .buildAsync(ludo.wsUri(), new WebSocket.Listener() {})
                .join();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
