package dev.ludo.server.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;

/**
 * How much later an answer comes through the proxy than from the API itself, at 1,000 calls a second. Calls begin by the clock,
 * whatever became of the ones before, and are timed from when they should have begun: a pause shows in all that it delays.
 */
final class LatencyBench {
    private static final int PER_SECOND = 1000;
    private static final int CONNECTIONS = 40;

    private final Servers servers;
    private final String code;

    private LatencyBench(Servers servers, String code) {
        this.servers = servers;
        this.code = code;
    }

    /** How long 50 and 99 of 100 took at most, in milliseconds. */
    record Times(double median, double p99) {
        static Times of(DoubleStream millis) {
            double[] sorted = millis.sorted().toArray();
            return new Times(sorted[sorted.length / 2], sorted[(int) (sorted.length * 0.99)]);
        }
    }

    static void run(Servers servers, int rounds, int seconds) throws Exception {
        LatencyBench bench = new LatencyBench(servers, servers.onlyRoom());
        List<Times> direct = new ArrayList<>();
        List<Times> nginx = new ArrayList<>();
        List<Times> proxy = new ArrayList<>();
        bench.proxied(servers.proxy(), 3);
        for (int round = 0; round < rounds; round++) {
            direct.add(bench.direct(seconds));
            nginx.add(bench.proxied(servers.nginx(), seconds));
            proxy.add(bench.proxied(servers.proxy(), seconds));
        }
        System.out.println(
                "| `GET /rooms/{code}`, 1,000 a second | median ms | 99 of 100 within ms | added to 99 of 100 |");
        System.out.println("|---|---|---|---|");
        print("the fake itself", direct, direct);
        print("through nginx", nginx, direct);
        print("**through the proxy**", proxy, direct);
    }

    private static void print(String words, List<Times> times, List<Times> direct) {
        double[] added = new double[times.size()];
        Arrays.setAll(added, i -> times.get(i).p99 - direct.get(i).p99);
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |",
                words,
                BenchMain.median(times.stream().mapToDouble(Times::median).toArray()),
                BenchMain.median(times.stream().mapToDouble(Times::p99).toArray()),
                BenchMain.median(added)));
    }

    private Times direct(int seconds) throws Exception {
        return load(servers.fake(), "/v1/rooms/" + code, seconds);
    }

    private Times proxied(Program program, int seconds) throws Exception {
        return load(program, "/rooms/" + code, seconds);
    }

    private static Times load(Program program, String path, int seconds) throws Exception {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCache-Control: no-cache\r\n"
                        + "Authorization: Bearer lk_test_demo\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        long every = Duration.ofSeconds(1).toNanos() * CONNECTIONS / PER_SECOND;
        int calls = seconds * PER_SECOND / CONNECTIONS;
        long start = System.nanoTime() + Duration.ofMillis(200).toNanos();
        List<Callable<double[]>> callers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            long first = start + every * i / CONNECTIONS;
            callers.add(() -> callEvery(every, first, calls, program.port(), request));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            DoubleStream.Builder all = DoubleStream.builder();
            for (Future<double[]> each : threads.invokeAll(callers)) {
                Arrays.stream(each.get()).forEach(all);
            }
            return Times.of(all.build());
        }
    }

    private static double[] callEvery(long every, long first, int calls, int port, byte[] request) throws IOException {
        double[] millis = new double[calls];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < calls; i++) {
                long due = first + every * i;
                waitUntil(due);
                out.write(request);
                readAnswer(in);
                millis[i] = (System.nanoTime() - due) / 1e6;
            }
        }
        return millis;
    }

    static void waitUntil(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    private static void readAnswer(InputStream in) throws IOException {
        int length = 0;
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + status);
        }
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
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
}
