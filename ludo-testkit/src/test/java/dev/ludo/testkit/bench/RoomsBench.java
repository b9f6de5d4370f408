package dev.ludo.testkit.bench;

import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.FakeLudoMain;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How many times a second of a processor's time the list of rooms can be read, with the rate limit off. */
final class RoomsBench {
    private static final int CALLERS = 4;
    private static final String AUTHORIZATION = "Authorization: Bearer " + FakeLudo.DEFAULT_API_KEY + "\r\n";

    private RoomsBench() {}

    static void run(boolean quick) throws Exception {
        Duration warm = Duration.ofSeconds(quick ? 2 : 8);
        Duration measured = Duration.ofSeconds(quick ? 2 : 8);
        System.out.println();
        System.out.println("| `GET /rooms` | bytes | a second | of the fake's processor time, a second |"
                + " of a bare JDK server's that answers as many bytes | ratio |");
        System.out.println("|---|---|---|---|---|---|");
        for (int rooms : new int[] {1, 10, 100}) {
            Figures fake;
            try (Program program =
                    Program.start(Map.of("LUDO_FAKE_RATE_LIMIT", "0"), FakeLudoMain.class, "--port", "0")) {
                for (int i = 0; i < rooms; i++) {
                    open(program.port());
                }
                fake = measure(program, warm, measured);
            }
            Figures peer;
            try (Program program = Program.start(Map.of(), PeerMain.class, Integer.toString(fake.bytes))) {
                peer = measure(program, warm, measured);
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "| rooms: %d | %,d | %,.0f | %,.0f | %,.0f | %.2f |",
                    rooms,
                    fake.bytes,
                    fake.perSecond,
                    fake.perBusySecond,
                    peer.perBusySecond,
                    fake.perBusySecond / peer.perBusySecond));
        }
    }

    private record Figures(int bytes, double perSecond, double perBusySecond) {}

    private static void open(int port) throws IOException {
        try (Caller caller = new Caller(port)) {
            caller.call("POST /v1/rooms HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZATION + "Content-Length: 0\r\n\r\n");
        }
    }

    private static Figures measure(Program program, Duration warm, Duration measured) throws Exception {
        callFor(program, warm);
        Duration before = program.busy();
        Counted counted = callFor(program, measured);
        double busy = program.busy().minus(before).toNanos() / 1e9;
        return new Figures(counted.bytes, counted.calls / (measured.toNanos() / 1e9), counted.calls / busy);
    }

    private record Counted(long calls, int bytes) {}

    private static Counted callFor(Program program, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Callable<Counted>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(() -> callUntil(end, program.port()));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            long calls = 0;
            int bytes = 0;
            for (Future<Counted> each : threads.invokeAll(callers)) {
                calls += each.get().calls;
                bytes = each.get().bytes;
            }
            return new Counted(calls, bytes);
        }
    }

    private static Counted callUntil(long end, int port) throws IOException {
        try (Caller caller = new Caller(port)) {
            long calls = 0;
            int bytes = 0;
            while (System.nanoTime() < end) {
                bytes = caller.call("GET /v1/rooms HTTP/1.1\r\nHost: localhost\r\n" + AUTHORIZATION + "\r\n");
                calls++;
            }
            return new Counted(calls, bytes);
        }
    }

    /** One connection, with the least that HTTP asks of a caller. */
    private static final class Caller implements AutoCloseable {
        private static final String LENGTH = "content-length:";

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Caller(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            out = socket.getOutputStream();
        }

        /** The length of the answer's body. */
        private int call(String request) throws IOException {
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            int length = 0;
            String line = line();
            if (!line.startsWith("HTTP/1.1 20")) {
                throw new IOException(line);
            }
            while (!line.isEmpty()) {
                if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                    length = Integer.parseInt(line.substring(LENGTH.length()).strip());
                }
                line = line();
            }
            in.skipNBytes(length);
            return length;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection ended");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
