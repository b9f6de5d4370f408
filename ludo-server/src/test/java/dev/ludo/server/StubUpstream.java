package dev.ludo.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An API that gives the answer it is told, for what the fake never says. It remembers what it was asked. */
public final class StubUpstream implements AutoCloseable {
    /** A call that came in. */
    public record Asked(String method, String target, Headers headers, String body) {}

    private record Canned(int status, Map<String, String> headers, String body) {}

    /** Holds calls back until it is opened. */
    public static final class Gate {
        private final CountDownLatch called = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        /** Waits for a call to be held. */
        public void awaitCall() throws InterruptedException {
            if (!called.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody called");
            }
        }

        /** Lets all calls on. */
        public void open() {
            opened.countDown();
        }

        private void pass() {
            called.countDown();
            try {
                if (!opened.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("the gate was never opened");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable Gate held;
    private volatile String heldTarget = "";
    private volatile Canned answer = new Canned(200, Map.of(), "{\"success\":true,\"data\":{}}");

    public StubUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Gate gate = held;
            if (gate != null && exchange.getRequestURI().toString().startsWith(heldTarget)) {
                gate.pass();
            }
            Canned canned = answer;
            byte[] body = canned.body().getBytes(StandardCharsets.UTF_8);
            canned.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(canned.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public void answers(int status, String body, String... headers) {
        Map<String, String> byName = new java.util.HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            byName.put(headers[i], headers[i + 1]);
        }
        answer = new Canned(status, byName, body);
    }

    /** Holds back all calls from now on until the gate is opened. */
    public Gate holds() {
        return holds("");
    }

    /** Holds back the calls from now on whose target begins so, until the gate is opened. */
    public Gate holds(String target) {
        Gate gate = new Gate();
        heldTarget = target;
        held = gate;
        return gate;
    }

    /** All calls so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The last call. */
    public Asked last() {
        return asked.getLast();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }
}
