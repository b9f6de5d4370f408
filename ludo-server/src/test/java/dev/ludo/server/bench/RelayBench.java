package dev.ludo.server.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a relayed message costs: 200 sockets send 100 bytes and wait for them to come back from a server that echoes, through nginx
 * and through the proxy, in turns. And how much memory sockets take on which nothing happens.
 */
final class RelayBench {
    private static final int SOCKETS = 200;
    private static final int IDLE_SOCKETS = 9_500;

    private RelayBench() {}

    private record Cost(double micros, double perSecond) {}

    static void run(Tools tools, int rounds, int seconds) throws Exception {
        List<Cost> nginxCosts = new ArrayList<>();
        List<Cost> proxyCosts = new ArrayList<>();
        try (Program echo = echo();
                Program nginx = Nginx.beforeSockets(tools, echo.port());
                Program proxy = Servers.proxy(echo, "-Xmx256m")) {
            measure(nginx, 1);
            for (int turn = 0; turn < 3; turn++) {
                measure(proxy, seconds);
            }
            for (int round = 0; round < rounds; round++) {
                nginxCosts.add(measure(nginx, seconds));
                proxyCosts.add(measure(proxy, seconds));
            }
        }
        double nginx = median(nginxCosts);
        System.out.println(
                "| 200 sockets, a message of 100 bytes there and back | CPU µs | × nginx | goal | a second |");
        System.out.println("|---|---|---|---|---|");
        print("nginx", nginxCosts, nginx, "");
        print("**proxy**", proxyCosts, nginx, "2.5");
    }

    static Program echo() throws IOException {
        return Program.java(Map.of(), List.of("-XX:+UseSerialGC", "-Xmx1g"), EchoMain.class);
    }

    private static double median(List<Cost> costs) {
        return BenchMain.median(costs.stream().mapToDouble(Cost::micros).toArray());
    }

    private static void print(String words, List<Cost> costs, double nginx, String goal) {
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.2f | %s | %,.0f |",
                words,
                median(costs),
                median(costs) / nginx,
                goal,
                BenchMain.median(costs.stream().mapToDouble(Cost::perSecond).toArray())));
    }

    private static Cost measure(Program program, int seconds) throws Exception {
        List<EchoSocket> sockets = open(program, SOCKETS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = program.busy().toNanos();
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            List<Callable<Integer>> loads = new ArrayList<>();
            sockets.forEach(socket -> loads.add(() -> roundTrips(socket, end)));
            int count = 0;
            for (Future<Integer> each : threads.invokeAll(loads)) {
                count += each.get();
            }
            double micros = (program.busy().toNanos() - before) / 1e3 / count;
            System.err.printf(Locale.ROOT, "bench: %.1f us a round trip, %,d a second%n", micros, count / seconds);
            return new Cost(micros, (double) count / seconds);
        } finally {
            close(sockets);
        }
    }

    private static int roundTrips(EchoSocket socket, long end) throws IOException {
        int count = 0;
        while (System.nanoTime() - end < 0) {
            socket.roundTrip();
            count++;
        }
        return count;
    }

    static List<EchoSocket> open(Program program, int count) throws IOException {
        List<EchoSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new EchoSocket(program.port()));
        }
        return sockets;
    }

    static void close(List<EchoSocket> sockets) throws IOException {
        for (EchoSocket socket : sockets) {
            socket.close();
        }
    }

    /** Sockets on which nothing happens, in a process of 1 GB of heap. */
    static void runIdle(Tools tools) throws Exception {
        System.out.println("| idle sockets | KB resident each | goal |");
        System.out.println("|---|---|---|");
        try (Program echo = echo();
                Program nginx = Nginx.beforeSockets(tools, echo.port());
                Program proxy = Servers.proxy(echo, "-Xmx1g")) {
            printIdle("nginx", nginx, "");
            printIdle("**proxy**", proxy, "45");
        }
    }

    private static void printIdle(String words, Program program, String goal) throws Exception {
        close(open(program, SOCKETS)); // so that what is needed once is there
        double before = program.resident();
        List<EchoSocket> sockets = open(program, IDLE_SOCKETS);
        Thread.sleep(Duration.ofSeconds(10));
        double each = (program.resident() - before) / 1e3 / IDLE_SOCKETS;
        close(sockets);
        System.out.println(
                String.format(Locale.ROOT, "| %s, %,d of them | %.1f | %s |", words, IDLE_SOCKETS, each, goal));
    }
}
