package dev.ludo.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that writes what it is told, byte by byte if need be, and remembers what it was asked on which connection. */
final class RawApi implements AutoCloseable {
    static final String OK = answer(200, "{\"success\":true,\"data\":{\"status\":\"ok\"}}");

    record Asked(int connection, String method, String target, Map<String, String> headers, String body) {}

    /** What a connection does with a request. The connection is closed afterwards if it says so. */
    @FunctionalInterface
    interface Script {
        boolean serve(Asked asked, Socket socket, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final Script script;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    RawApi(Script script) throws IOException {
        this(new ServerSocket(), script);
    }

    RawApi(ServerSocket server, Script script) throws IOException {
        this.server = server;
        this.script = script;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        threads.execute(this::accept);
    }

    /** One that gives the same answer always. */
    static RawApi answering(String answer) throws IOException {
        return new RawApi((asked, socket, out) -> {
            out.write(answer.getBytes(ISO_8859_1));
            return true;
        });
    }

    /** One that gives these answers in order, the last for ever. */
    static RawApi answering(List<String> answers) throws IOException {
        AtomicInteger next = new AtomicInteger();
        return new RawApi((asked, socket, out) -> {
            out.write(answers.get(Math.min(next.getAndIncrement(), answers.size() - 1))
                    .getBytes(ISO_8859_1));
            return true;
        });
    }

    static String answer(int status, String body, String... headers) {
        StringBuilder out =
                new StringBuilder("HTTP/1.1 " + status + " Words\r\nContent-Length: " + body.length() + "\r\n");
        for (String header : headers) {
            out.append(header).append("\r\n");
        }
        return out.append("\r\n").append(body).toString();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                threads.execute(() -> serve(socket, number));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (Asked one = read(in, number); one.connection() > 0; one = read(in, number)) {
                asked.add(one);
                if (!script.serve(one, socket, out)) {
                    return;
                }
                out.flush();
            }
        } catch (Exception e) {
            // the client went away, or the server is closed
        } finally {
            open.remove(socket);
        }
    }

    private static Asked read(InputStream in, int number) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); ; c = in.read()) {
            if (c < 0) {
                return new Asked(0, "", "", Map.of(), "");
            }
            if (c == '\n') {
                if (line.isEmpty()) {
                    break;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (c != '\r') {
                line.append((char) c);
            }
        }
        Map<String, String> headers = new HashMap<>();
        for (String header : lines.subList(1, lines.size())) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), ISO_8859_1);
        String[] first = lines.get(0).split(" ", -1);
        return new Asked(number, first[0], first[1], headers, body);
    }

    int connections() {
        return connections.get();
    }

    int open() {
        return open.size();
    }

    int port() {
        return server.getLocalPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    /** Ends all connections in good order, as a server does whose clients have been idle for long. */
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.shutdownOutput();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
