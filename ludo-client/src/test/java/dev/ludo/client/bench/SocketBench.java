package dev.ludo.client.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.management.OperatingSystemMXBean;
import dev.ludo.client.realtime.RoomConnection;
import dev.ludo.client.realtime.RoomSockets;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Events a second of CPU against the JDK's WebSocket client, and the memory of connections that wait. */
final class SocketBench {
    private static final int EVENTS = 400_000;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 9;
    private static final int IDLE = 1_000;
    private static final RoomCode ROOM = RoomCode.of("K7Q2MX");

    private final int port;

    private SocketBench(int port) {
        this.port = port;
    }

    /** Measures, against a server in another process, and prints tables. */
    static void run() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SocketServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
            SocketBench bench = new SocketBench(Integer.parseInt(out.readLine()));
            bench.events();
            bench.idle();
        } finally {
            server.destroy();
        }
    }

    private interface Flood {
        void take(int events) throws Exception;
    }

    private void events() throws Exception {
        int bytes = SocketServer.event(1_000_001).getBytes(US_ASCII).length;
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int i = 0; i < WARM_UPS; i++) { // each other's code is compiled for both
            floodRoom(EVENTS);
            floodJdk(EVENTS);
        }
        for (int i = 0; i < ROUNDS; i++) {
            if (i % 2 == 0) { // who comes second finds the compiler done with what is shared
                ours[i] = perCpuSecond(this::floodRoom);
                theirs[i] = perCpuSecond(this::floodJdk);
            } else {
                theirs[i] = perCpuSecond(this::floodJdk);
                ours[i] = perCpuSecond(this::floodRoom);
            }
        }
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
        System.out.println("| events of " + bytes + " bytes, decoded and delivered | events a second of CPU |");
        System.out.println("|---|---|");
        System.out.println(row("`RoomConnection`, one handler", "%,.0f", median(ours)));
        System.out.println(row("JDK `WebSocket`, the same decoding in its listener", "%,.0f", median(theirs)));
        System.out.println(row("ratio, median of " + ROUNDS + " rounds", "%.2f", median(ratios)));
        System.out.println();
    }

    private static String row(String name, String format, double value) {
        return "| " + name + " | " + String.format(Locale.ROOT, format, value) + " |";
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double perCpuSecond(Flood flood) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.gc();
        long before = system.getProcessCpuTime();
        flood.take(EVENTS);
        return EVENTS * 1e9 / (system.getProcessCpuTime() - before);
    }

    private RoomSockets sockets(String path) {
        return RoomSockets.builder()
                .uri("ws://127.0.0.1:" + port + path)
                .apiKey(() -> Secret.of("lk_bench_key"))
                .build();
    }

    private void floodRoom(int events) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(events);
        try (RoomSockets sockets = sockets("/flood/" + events)) {
            RoomConnection connection =
                    sockets.watch(ROOM).on(RoomEvent.PlayerConnection.class, event -> left.countDown());
            connection.open();
            await(left);
        }
    }

    private void floodJdk(int events) throws Exception {
        CountDownLatch left = new CountDownLatch(events + 1);
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/flood/" + events), new Decoder(left))
                    .get(20, TimeUnit.SECONDS);
            socket.sendText("{\"type\":\"room:watch\",\"roomCode\":\"K7Q2MX\"}", true)
                    .get(20, TimeUnit.SECONDS);
            await(left);
            socket.abort();
        }
    }

    private static void await(CountDownLatch left) throws InterruptedException {
        if (!left.await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException(left.getCount() + " events did not come");
        }
    }

    private record Decoder(StringBuilder text, CountDownLatch left) implements WebSocket.Listener {
        Decoder(CountDownLatch left) {
            this(new StringBuilder(), left);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                MessageCodec.read(text.toString().getBytes(StandardCharsets.UTF_8), "e");
                text.setLength(0);
                left.countDown();
            }
            socket.request(1);
            return null;
        }
    }

    private void idle() {
        try (RoomSockets sockets = sockets("/idle")) {
            sockets.watch(ROOM).open();
            long before = used();
            List<RoomConnection> connections = new ArrayList<>();
            for (int i = 0; i < IDLE; i++) {
                RoomConnection connection = sockets.watch(ROOM).on(RoomEvent.DiceRolled.class, event -> {});
                connection.open();
                connections.add(connection);
            }
            double each = (used() - before) / 1024.0 / connections.size();
            System.out.println("| " + IDLE + " joined connections that wait | KB of heap each |");
            System.out.println("|---|---|");
            System.out.println(row("`RoomConnection`, its threads and buffers included", "%.1f", each));
            System.out.println();
        }
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
