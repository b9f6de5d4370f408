package dev.ludo.testkit.bench;

import com.sun.net.httpserver.HttpServer;
import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a fake takes to start and to end in a warm JVM, and how 50 of them live side by side. */
final class StartBench {
    private static final int SIDE_BY_SIDE = 50;

    private StartBench() {}

    static void run(boolean quick) throws Exception {
        int rounds = quick ? 20 : 200;
        List<Double> starts = new ArrayList<>();
        List<Double> ends = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        for (int i = -rounds; i < rounds; i++) { // the first half warms up
            long began = System.nanoTime();
            FakeLudo fake = FakeLudo.start();
            double start = BenchMain.millisSince(began);
            long ending = System.nanoTime();
            fake.close();
            double end = BenchMain.millisSince(ending);
            double peer = startPeer();
            if (i >= 0) {
                starts.add(start);
                ends.add(end);
                peers.add(peer);
            }
        }
        System.out.println();
        System.out.println("| in a warm JVM | median ms | 99 of 100 within ms |");
        System.out.println("|---|---|---|");
        row("a fake starts", starts);
        row("it ends", ends);
        row("for comparison: the JDK's HttpServer starts", peers);
        sideBySide();
    }

    private static void row(String what, List<Double> millis) {
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f |",
                what,
                BenchMain.quantile(millis, 0.5),
                BenchMain.quantile(millis, 0.99)));
    }

    private static double startPeer() throws IOException {
        long began = System.nanoTime();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        double start = BenchMain.millisSince(began);
        server.stop(0);
        return start;
    }

    private static void sideBySide() throws Exception {
        List<FakeLudo> fakes = new ArrayList<>();
        long before = usedMemory();
        long began = System.nanoTime();
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            fakes.add(FakeLudo.start());
        }
        double started = BenchMain.millisSince(began);
        long kibEach = (usedMemory() - before) / 1024 / SIDE_BY_SIDE;
        int answered = 0;
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (FakeLudo fake : fakes) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(fake.baseUri() + "/rooms"))
                        .header("Authorization", "Bearer " + fake.apiKey().reveal())
                        .build();
                answered += http.send(request, BodyHandlers.ofString()).statusCode() == 200 ? 1 : 0;
            }
        }
        long ending = System.nanoTime();
        fakes.forEach(FakeLudo::close);
        System.out.println();
        System.out.println(
                "| fakes side by side | started in ms, one after the other | answer | KiB of heap each | ended in ms |");
        System.out.println("|---|---|---|---|---|");
        System.out.println(String.format(
                Locale.ROOT,
                "| %d | %.0f | %d | %d | %.0f |",
                SIDE_BY_SIDE,
                started,
                answered,
                kibEach,
                BenchMain.millisSince(ending)));
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
