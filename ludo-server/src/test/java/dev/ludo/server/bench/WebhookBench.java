package dev.ludo.server.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.json.WebhookCodec;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookEvent.RoomCreated;
import dev.ludo.core.webhook.WebhookHeaders;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Main;
import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How many webhooks a proxy takes, each on the disk before it is answered: as many as 128 connections can deliver, and 2,000 a second that
 * begin by the clock and are timed from when they should have begun. Beside it what the disk does by itself, one sync after the other.
 */
final class WebhookBench {
    private static final int CONNECTIONS = 128;
    private static final int PER_SECOND = 2_000;

    private final WebhookSigner signer;
    private final Program proxy;
    private final byte[] body;
    private final AtomicInteger ids = new AtomicInteger();

    private WebhookBench(WebhookSigner signer, Program proxy) {
        this.signer = signer;
        this.proxy = proxy;
        Instant now = Instant.now();
        Room room = new Room(
                RoomCode.of("K7Q2MX"),
                RoomStatus.WAITING,
                0,
                4,
                GameMode.CLASSIC,
                Optional.empty(),
                List.of(),
                Optional.of(now));
        this.body = WebhookCodec.write(new RoomCreated(now, room)).getBytes(UTF_8);
    }

    private record Times(double perSecond, double median, double p99, double micros) {}

    static void run(int rounds, int seconds) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "webhooks");
        Secret secret = WebhookSigner.newSecret(new SecureRandom());
        Map<String, String> settings = Map.of(
                "LUDO_API_BASE_URL",
                "http://127.0.0.1:9/v1",
                "LUDO_API_KEY",
                FakeLudo.DEFAULT_API_KEY,
                "LUDO_HOST",
                "127.0.0.1",
                "LUDO_WEBHOOK_SECRETS",
                secret.reveal(),
                "LUDO_DATA_DIR",
                folder.toAbsolutePath().toString());
        List<Double> syncs = new ArrayList<>();
        List<Times> most = new ArrayList<>();
        List<Times> even = new ArrayList<>();
        try (Program proxy = Program.java(settings, Servers.options("-Xmx256m"), Main.class, "serve", "--port", "0")) {
            WebhookBench bench = new WebhookBench(new WebhookSigner(List.of(secret), Clock.systemUTC()), proxy);
            bench.asFastAsTheyGo(10); // until it is compiled
            for (int round = 0; round < rounds; round++) {
                syncs.add(syncsPerSecond(folder, seconds));
                most.add(bench.asFastAsTheyGo(seconds));
                even.add(bench.byTheClock(seconds));
            }
        } finally {
            delete(folder);
        }
        System.out.println("| webhooks | a second | median ms | 99 of 100 within ms | goal | CPU µs each |");
        System.out.println("|---|---|---|---|---|---|");
        System.out.println(String.format(
                Locale.ROOT,
                "| the disk alone, a sync after each | %,.0f | | | | |",
                BenchMain.median(syncs.stream().mapToDouble(Double::doubleValue).toArray())));
        print("**proxy**, " + CONNECTIONS + " connections", most, "2,000 a second");
        print("**proxy**, 2,000 a second", even, "50 ms");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void print(String words, List<Times> times, String goal) {
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.1f | %.1f | %s | %.0f |",
                words,
                median(times.stream().mapToDouble(Times::perSecond)),
                median(times.stream().mapToDouble(Times::median)),
                median(times.stream().mapToDouble(Times::p99)),
                goal,
                median(times.stream().mapToDouble(Times::micros))));
    }

    private static double median(DoubleStream values) {
        return BenchMain.median(values.toArray());
    }

    private static double syncsPerSecond(Path folder, int seconds) throws IOException {
        Path file = folder.resolve("syncs");
        int count = 0;
        long start = System.nanoTime();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (System.nanoTime() - start < Duration.ofSeconds(seconds).toNanos()) {
                out.write(ByteBuffer.allocate(300));
                out.force(false);
                count++;
            }
        } finally {
            Files.delete(file);
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private byte[] next() {
        String id = "msg_" + ids.incrementAndGet();
        WebhookHeaders headers = signer.sign(id, body);
        return WebhookSender.request(id, headers.timestamp(), headers.signature(), body);
    }

    private Times asFastAsTheyGo(int seconds) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        return load((sender, number) -> {
            List<Double> millis = new ArrayList<>();
            for (long begun = System.nanoTime(); begun - end < 0; begun = System.nanoTime()) {
                sender.deliver(next());
                millis.add((System.nanoTime() - begun) / 1e6);
            }
            return millis;
        });
    }

    private Times byTheClock(int seconds) throws Exception {
        long every = Duration.ofSeconds(1).toNanos() * CONNECTIONS / PER_SECOND;
        int each = seconds * PER_SECOND / CONNECTIONS;
        long start = System.nanoTime() + Duration.ofMillis(200).toNanos();
        return load((sender, number) -> {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                long due = start + i * every + number * every / CONNECTIONS;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                sender.deliver(next());
                millis.add((System.nanoTime() - due) / 1e6);
            }
            return millis;
        });
    }

    private interface Load {
        List<Double> on(WebhookSender sender, int number) throws IOException;
    }

    private Times load(Load load) throws Exception {
        List<Callable<List<Double>>> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int number = i;
            senders.add(() -> {
                try (WebhookSender sender = new WebhookSender(proxy.port())) {
                    return load.on(sender, number);
                }
            });
        }
        long before = proxy.busy().toNanos();
        long start = System.nanoTime();
        List<Double> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Double>> each : threads.invokeAll(senders)) {
                all.addAll(each.get());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double micros = (proxy.busy().toNanos() - before) / 1e3 / sorted.length;
        Times times =
                new Times(sorted.length / seconds, sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], micros);
        System.err.printf(
                Locale.ROOT,
                "bench: %,.0f a second, median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                times.perSecond,
                times.median,
                times.p99,
                sorted[sorted.length - 1]);
        return times;
    }
}
