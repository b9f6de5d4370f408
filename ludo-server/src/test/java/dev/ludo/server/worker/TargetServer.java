package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookVerification.Verified;
import dev.ludo.core.webhook.WebhookVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An operator's own service, to which events are passed on: it takes what is genuine, and answers as it is told. It is slow to
 * nobody. Thread-safe.
 */
final class TargetServer implements AutoCloseable {
    /** What arrived, and what was answered. */
    record Arrival(String id, String body, int status) {}

    private final HttpServer server;
    private final WebhookVerifier verifier;
    private final List<Arrival> arrivals = new ArrayList<>();
    private volatile Function<Arrival, Integer> answer = arrival -> 204;

    TargetServer(Secret secret, Clock clock) throws IOException {
        this.verifier = new WebhookVerifier(List.of(secret), clock);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks");
    }

    /** Says what is answered from now on to what is genuine. */
    void answer(Function<Arrival, Integer> status) {
        answer = status;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean genuine = verifier.verify(
                            name -> Optional.ofNullable(
                                    exchange.getRequestHeaders().getFirst(name)),
                            body)
                    instanceof Verified;
            Arrival asked = new Arrival(
                    String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")), new String(body, UTF_8), 0);
            int status = genuine ? answer.apply(asked) : 401;
            synchronized (arrivals) {
                arrivals.add(new Arrival(asked.id(), asked.body(), status));
                arrivals.notifyAll();
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /** What arrived so far, in order. */
    List<Arrival> arrivals() {
        synchronized (arrivals) {
            return List.copyOf(arrivals);
        }
    }

    /** The ids of what was taken, in order. */
    List<String> taken() {
        return arrivals().stream()
                .filter(arrival -> arrival.status() == 204)
                .map(Arrival::id)
                .toList();
    }

    /** Waits until what arrived is as it should be. */
    List<Arrival> await(String what, Predicate<List<Arrival>> reached) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        synchronized (arrivals) {
            while (!reached.test(arrivals)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return fail(what + " did not arrive; there are " + arrivals);
                }
                TimeUnit.NANOSECONDS.timedWait(arrivals, left);
            }
            return List.copyOf(arrivals);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
