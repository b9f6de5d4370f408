package dev.ludo.server.bench;

import dev.ludo.server.bench.Watching.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What it costs to tell many what happens in one room, 20 times a second: watchers by sockets and by streams, who share a
 * connection to the API, and beside them players, whose sockets are relayed.
 */
final class WatchBench {
    private static final int BUCKET_MICROS = 20;
    private static final int BUCKETS = 500_000; // ten seconds
    private static final int AT_ONCE = 100;
    private static final int MOST_IN_EACH_WAY = 2_000; // more is to show how far it goes

    private WatchBench() {}

    static void run(List<Integer> counts, int seconds) throws Exception {
        System.out.println(
                "| hear one room, 20 broadcasts a second | p50 ms | p99 ms | longest ms | CPU µs each | delivered"
                        + " a second | of what was sent |");
        System.out.println("|---|---|---|---|---|---|---|");
        measure(200, 1, Way.SOCKET, Way.STREAM); // so that this process is warm
        for (int count : counts) {
            print("watchers, half of them by streams", count, seconds, Way.SOCKET, Way.STREAM);
            if (count > MOST_IN_EACH_WAY) {
                continue;
            }
            print("watchers by sockets", count, seconds, Way.SOCKET);
            print("watchers by streams", count, seconds, Way.STREAM);
            print("players, relayed", count, seconds, Way.PLAYER);
        }
    }

    private static void print(String words, int count, int seconds, Way... ways) throws Exception {
        System.out.println("| " + String.format(Locale.ROOT, "%,d ", count) + words + measure(count, seconds, ways));
    }

    private static String measure(int count, int seconds, Way... ways) throws Exception {
        AtomicLongArray ages = new AtomicLongArray(BUCKETS);
        try (Program room = Program.java(Map.of(), List.of("-XX:+UseSerialGC", "-Xmx1g"), RoomMain.class);
                Program proxy = Servers.proxy(room, count > 2_000 ? "-Xmx1g" : "-Xmx256m")) {
            List<Watching> all = open(count, proxy.port(), ages, ways);
            begin(room);
            Thread.sleep(Duration.ofSeconds(seconds)); // in which the proxy warms up
            Duration busy = proxy.busy();
            for (int i = 0; i < BUCKETS; i++) {
                ages.set(i, 0);
            }
            long begin = System.nanoTime();
            Thread.sleep(Duration.ofSeconds(seconds));
            double took = (System.nanoTime() - begin) / 1e9;
            long[] seen = new long[BUCKETS];
            long delivered = 0;
            for (int i = 0; i < BUCKETS; i++) {
                seen[i] = ages.get(i);
                delivered += seen[i];
            }
            double cpu = proxy.busy().minus(busy).toNanos() / 1e3 / Math.max(1, delivered);
            String row = String.format(
                    Locale.ROOT,
                    " | %.2f | %.2f | %.1f | %.1f | %,.0f | %.1f %% |",
                    at(seen, delivered, 0.5),
                    at(seen, delivered, 0.99),
                    at(seen, delivered, 1),
                    cpu,
                    delivered / took,
                    100.0 * delivered / (took * RoomMain.PER_SECOND * count));
            for (Watching one : all) {
                one.close();
            }
            return row;
        }
    }

    private static List<Watching> open(int count, int port, AtomicLongArray ages, Way... ways) throws Exception {
        List<Future<Watching>> opening = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (int i = 0; i < count; i++) {
                Way way = ways[i % ways.length];
                opening.add(threads.submit(() -> {
                    Watching one = new Watching(port, way);
                    Thread.ofVirtual().start(() -> hear(one, ages));
                    return one;
                }));
            }
        }
        List<Watching> all = new ArrayList<>();
        for (Future<Watching> one : opening) {
            all.add(one.get());
        }
        return all;
    }

    // Nothing happens before all are there, who would else wait their turn behind all that is told to those who came
    // first.
    private static void begin(Program room) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), room.port())) {
            socket.getOutputStream().write("GET /begin HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Frame.head(socket.getInputStream());
        }
    }

    private static void hear(Watching one, AtomicLongArray ages) {
        try {
            while (true) {
                ages.incrementAndGet((int) Math.min(BUCKETS - 1, one.next() / 1_000 / BUCKET_MICROS));
            }
        } catch (IOException e) {
            // closed, or cut, in which case less was delivered than was sent
            if (!one.isClosed()) {
                System.err.println("a watcher ended: " + e.getMessage());
            }
        }
    }

    /** The age in milliseconds that so large a part of all did not exceed. */
    private static double at(long[] seen, long all, double part) {
        long left = (long) Math.ceil(all * part);
        for (int i = 0; i < seen.length; i++) {
            left -= seen[i];
            if (left <= 0) {
                return (i + 1) * BUCKET_MICROS / 1e3;
            }
        }
        return Double.NaN;
    }
}
