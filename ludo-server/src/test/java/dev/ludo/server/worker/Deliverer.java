package dev.ludo.server.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookHeaders;
import dev.ludo.core.webhook.WebhookSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Stands between a fake and a proxy that is killed now and then. Each delivery of the fake goes on several times under ids of its own; some go on
 * twice, and before some goes one with a wrong signature or an old time. All is tried again until the proxy answers.
 */
final class Deliverer implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Thread::startVirtualThread)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Supplier<Optional<URI>> proxy;
    private final int copies;
    private final long seed;
    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private final Map<String, Integer> order = new ConcurrentHashMap<>();
    private final Map<String, String> streams = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> specials = new ConcurrentHashMap<>();

    Deliverer(Supplier<Optional<URI>> proxy, int copies, long seed) throws IOException {
        this.proxy = proxy;
        this.copies = copies;
        this.seed = seed;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** Where the fake delivers. */
    URI uri(int subscription) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + subscription);
    }

    void knows(int subscription, Secret secret) {
        secrets.put("/" + subscription, secret);
    }

    /** The ids that the proxy accepted. */
    Set<String> accepted() {
        return accepted;
    }

    /** When an id was delivered first, among all of them: the lower the earlier. */
    int order(String id) {
        return order.getOrDefault(id, -1);
    }

    /** In which stream of deliveries an id comes: each is in the order of the events. */
    String stream(String id) {
        return streams.getOrDefault(id, "");
    }

    /** How many deliveries were made of a kind: twice, forged or stale. */
    int special(String kind) {
        return specials.getOrDefault(kind, 0);
    }

    /** What the proxy answered otherwise than it should have. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = String.valueOf(exchange.getRequestHeaders().getFirst(WebhookHeaders.ID));
            byte[] body = exchange.getRequestBody().readAllBytes();
            Secret secret =
                    Objects.requireNonNull(secrets.get(exchange.getRequestURI().getPath()));
            // A fake that has waited for too long goes on with the next event.
            ReentrantLock turn =
                    turns.computeIfAbsent(exchange.getRequestURI().getPath(), any -> new ReentrantLock(true));
            turn.lock();
            try {
                deliverAll(id, exchange.getRequestURI().getPath(), body, secret);
            } finally {
                turn.unlock();
            }
            exchange.sendResponseHeaders(204, -1);
        } catch (ExecutionException | InterruptedException e) {
            wrong.add("a delivery broke off: " + e);
        }
    }

    private void deliverAll(String id, String subscription, byte[] body, Secret secret)
            throws ExecutionException, InterruptedException {
        List<Future<?>> all = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            String own = id + '_' + copy;
            streams.put(own, subscription + '_' + copy + ' ');
            all.add(threads.submit(() -> deliver(own, body, secret)));
        }
        for (Future<?> one : all) {
            one.get();
        }
    }

    private void deliver(String id, byte[] body, Secret secret) {
        Random luck = new Random(seed * 31 + id.hashCode());
        Clock now = Clock.systemUTC();
        order.computeIfAbsent(id, any -> count.getAndIncrement());
        if (luck.nextInt(100) == 0) {
            specials.merge("forged", 1, Integer::sum);
            WebhookHeaders signed = new WebhookSigner(List.of(secret), now).sign("forged_" + id, body);
            post(new WebhookHeaders("other_" + id, signed.timestamp(), signed.signature()), body, 401);
        }
        if (luck.nextInt(100) == 0) {
            specials.merge("stale", 1, Integer::sum);
            Clock then = Clock.offset(now, Duration.ofMinutes(-10));
            post(new WebhookSigner(List.of(secret), then).sign("stale_" + id, body), body, 400);
        }
        int times = 1;
        if (luck.nextInt(20) == 0) {
            specials.merge("twice", 1, Integer::sum);
            times = 2;
        }
        for (int i = 0; i < times; i++) {
            post(new WebhookSigner(List.of(secret), now).sign(id, body), body, 204);
        }
        accepted.add(id);
    }

    private void post(WebhookHeaders headers, byte[] body, int expected) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        int status = status(headers, body);
        while (status == 503 || status == 0) { // it has just been killed, or holds the inbox in a moment
            if (System.nanoTime() > deadline) {
                wrong.add(headers.id() + " was answered by nobody");
                return;
            }
            LockSupport.parkNanos(5_000_000);
            status = status(headers, body);
        }
        if (status != expected) {
            wrong.add(headers.id() + " was answered " + status);
        }
    }

    private int status(WebhookHeaders headers, byte[] body) {
        Optional<URI> now = proxy.get();
        if (now.isEmpty()) {
            return 0;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(now.get().resolve("/webhooks/ludo"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        headers.asMap().forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
    }
}
