package dev.ludo.server.bench;

import dev.ludo.server.bench.LatencyBench.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;

/**
 * What one socket of a room that floods it and reads nothing does to the 199 others: how long their messages of 100 bytes take to a server
 * that echoes and back, with and without it, in turns. They are sent by the clock, 1,000 a second in all, and timed from when
 * they should have been.
 */
final class StuckBench {
    private static final int OTHERS = 199;
    private static final int PER_SECOND = 1_000;

    private StuckBench() {}

    static void run(int rounds, int seconds) throws Exception {
        List<Times> alone = new ArrayList<>();
        List<Times> beside = new ArrayList<>();
        try (Program echo = RelayBench.echo();
                Program proxy = Servers.proxy(echo, "-Xmx256m")) {
            List<EchoSocket> others = RelayBench.open(proxy, OTHERS);
            measure(others, seconds);
            for (int round = 0; round < rounds; round++) {
                alone.add(measure(others, seconds));
                beside.add(besideOneThatIsStuck(proxy, others, seconds));
            }
            RelayBench.close(others);
        }
        System.out.println(
                "| 199 sockets of a room, 1,000 messages a second there and back | median ms | 99 of 100 within ms | goal |");
        System.out.println("|---|---|---|---|");
        print("nobody stuck", alone, "");
        print("**one more that is stuck**", beside, "50");
    }

    private static Times besideOneThatIsStuck(Program proxy, List<EchoSocket> others, int seconds) throws Exception {
        try (Stuck stuck = new Stuck(proxy.port())) {
            Times times = measure(others, seconds);
            if (!stuck.thread.isAlive()) {
                throw new IllegalStateException("there was no stuck socket all the time");
            }
            return times;
        }
    }

    /** One socket that floods and reads nothing; where the proxy closes it for that, the next takes its place. */
    private static final class Stuck implements AutoCloseable {
        private final int port;
        private final Thread thread;
        private volatile EchoSocket socket;
        private volatile boolean over;

        Stuck(int port) throws IOException {
            this.port = port;
            this.socket = new EchoSocket(port);
            this.thread = Thread.ofVirtual().start(this::flood);
        }

        private void flood() {
            try {
                while (!over) {
                    socket.flood();
                    socket.close();
                    if (!over) {
                        socket = new EchoSocket(port);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            over = true;
            socket.close(); // with which the thread ends
        }
    }

    private static Times measure(List<EchoSocket> sockets, int seconds) throws Exception {
        long every = Duration.ofSeconds(1).toNanos() * OTHERS / PER_SECOND;
        int messages = seconds * PER_SECOND / OTHERS;
        long start = System.nanoTime() + Duration.ofMillis(200).toNanos();
        List<Callable<double[]>> loads = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            EchoSocket socket = sockets.get(i);
            long first = start + every * i / OTHERS;
            loads.add(() -> sendEvery(every, first, messages, socket));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            DoubleStream.Builder all = DoubleStream.builder();
            for (Future<double[]> each : threads.invokeAll(loads)) {
                Arrays.stream(each.get()).forEach(all);
            }
            return Times.of(all.build());
        }
    }

    private static double[] sendEvery(long every, long first, int messages, EchoSocket socket) throws IOException {
        double[] millis = new double[messages];
        for (int i = 0; i < messages; i++) {
            long due = first + every * i;
            LatencyBench.waitUntil(due);
            socket.roundTrip();
            millis[i] = (System.nanoTime() - due) / 1e6;
        }
        return millis;
    }

    private static void print(String words, List<Times> times, String goal) {
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %s |",
                words,
                BenchMain.median(times.stream().mapToDouble(Times::median).toArray()),
                BenchMain.median(times.stream().mapToDouble(Times::p99).toArray()),
                goal));
    }
}
