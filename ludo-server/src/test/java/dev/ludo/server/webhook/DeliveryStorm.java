package dev.ludo.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.KilledProxy;
import java.io.IOException;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Delivers many webhooks to a proxy that is killed now and then, as a patient sender does: each again until it is taken. Of a hundred,
 * five come twice, one has a bad signature and one is stale.
 */
public final class DeliveryStorm implements AutoCloseable {
    private static final int SENDERS = 16;
    private static final long AGAIN_NANOS = Duration.ofMillis(5).toNanos();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final KilledProxy proxy;
    private final Secret secret;
    private final IntFunction<String> body;
    private final List<Delivery> deliveries = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Semaphore taken = new Semaphore(0);
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private enum Kind {
        GOOD,
        FORGED,
        STALE
    }

    private record Delivery(String id, int number, Kind kind) {}

    /** A storm of that many events, the same for the same seed; the body of each is told by its number. */
    public DeliveryStorm(KilledProxy proxy, Secret secret, long seed, int count, IntFunction<String> body) {
        this.proxy = proxy;
        this.secret = secret;
        this.body = body;
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            int luck = random.nextInt(100);
            Kind kind = luck == 0 ? Kind.FORGED : luck == 1 ? Kind.STALE : Kind.GOOD;
            Delivery delivery = new Delivery("msg_" + i, i, kind);
            deliveries.add(delivery);
            if (luck >= 95) {
                // At once, so that both are under way together, or later.
                deliveries.add(random.nextBoolean() ? deliveries.size() : random.nextInt(deliveries.size()), delivery);
            }
        }
    }

    /** Delivers in the background. */
    public Future<?> start() {
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            all.add(senders.submit(() -> {
                for (int at = next.getAndIncrement(); at < deliveries.size(); at = next.getAndIncrement()) {
                    deliver(deliveries.get(at));
                }
                return true;
            }));
        }
        senders.shutdown();
        return Executors.newVirtualThreadPerTaskExecutor().submit(() -> {
            for (Future<?> sender : all) {
                sender.get();
            }
            return true;
        });
    }

    /** Waits until that many more answers have come. */
    public void awaitAnswers(int count) throws InterruptedException {
        assertThat("answers have come", taken.tryAcquire(count, 120, TimeUnit.SECONDS), is(true));
    }

    private void deliver(Delivery delivery) throws InterruptedException {
        int expected = switch (delivery.kind) {
            case GOOD -> 204;
            case FORGED -> 401;
            case STALE -> 400;
        };
        int status = send(delivery);
        while (!closed && (status == 0 || status == 503)) {
            LockSupport.parkNanos(AGAIN_NANOS); // while the proxy starts, to which the processor is left
            status = send(delivery);
        }
        if (status != expected) {
            wrong.add(delivery.id + " is " + status);
        } else if (status == 204) {
            accepted.add(delivery.id);
        }
        taken.release();
    }

    // The status, or 0 where the proxy was killed before it answered.
    private int send(Delivery delivery) throws InterruptedException {
        URI receiver = proxy.uri().resolve("/webhooks/ludo");
        byte[] bytes = body.apply(delivery.number).getBytes(UTF_8);
        Clock clock = delivery.kind == Kind.STALE
                ? Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6))
                : Clock.systemUTC();
        Secret by = delivery.kind == Kind.FORGED ? WebhookSigner.newSecret(new Random(delivery.number)) : secret;
        Map<String, String> headers =
                new WebhookSigner(List.of(by), clock).sign(delivery.id, bytes).asMap();
        HttpRequest.Builder request = HttpRequest.newBuilder(receiver)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(bytes));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The ids that were answered 204. */
    public Set<String> accepted() {
        return accepted;
    }

    /** Answers that none of these deliveries should have. */
    public Set<String> wrong() {
        return wrong;
    }

    /** How many deliveries there are in all. */
    public int size() {
        return deliveries.size();
    }

    /** Waits for the end of what {@link #start} began. */
    public static void await(Future<?> storm) throws InterruptedException {
        try {
            storm.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a sender failed", e.getCause());
        }
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
    }
}
