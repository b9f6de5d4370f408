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

/**
 * What it costs to tell many what happens in one room, 20 times a second: watchers by sockets and by streams, who share a
 * connection to the API, and beside them players, whose sockets are relayed.
 */
final class WatchBench {
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
        try (Program room = Program.java(Map.of(), List.of("-XX:+UseSerialGC", "-Xmx1g"), RoomMain.class);
                Program proxy = Servers.proxy(room, count > MOST_IN_EACH_WAY ? "-Xmx1g" : "-Xmx256m");
                Listeners listeners = new Listeners(open(count, proxy.port(), ways))) {
            begin(room);
            Thread.sleep(Duration.ofSeconds(seconds)); // in which the proxy warms up
            Duration busy = proxy.busy();
            listeners.reset();
            long begin = System.nanoTime();
            Thread.sleep(Duration.ofSeconds(seconds));
            double took = (System.nanoTime() - begin) / 1e9;
            Listeners.Ages ages = listeners.seen();
            double cpu = proxy.busy().minus(busy).toNanos() / 1e3 / Math.max(1, ages.number());
            return String.format(
                    Locale.ROOT,
                    " | %.2f | %.2f | %.1f | %.1f | %,.0f | %.1f %% |",
                    ages.at(0.5),
                    ages.at(0.99),
                    ages.at(1),
                    cpu,
                    ages.number() / took,
                    100.0 * ages.number() / (took * RoomMain.PER_SECOND * count));
        }
    }

    private static List<Watching> open(int count, int port, Way... ways) throws Exception {
        List<Future<Watching>> opening = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (int i = 0; i < count; i++) {
                Way way = ways[i % ways.length];
                opening.add(threads.submit(() -> new Watching(port, way)));
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
}
