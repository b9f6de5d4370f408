package dev.ludo.server.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/** How much memory a proxy takes that has little to do, with a heap of at most 128 MB. */
final class IdleBench {
    private static final int CALLS = 100;

    private IdleBench() {}

    static void run(Servers servers) throws IOException, InterruptedException {
        String code = servers.onlyRoom();
        try (Program proxy = Servers.proxy(servers.fake(), "-Xmx128m");
                HttpClient client = HttpClient.newHttpClient()) {
            double started = megabytes(proxy);
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + proxy.port() + "/rooms/" + code))
                    .build();
            for (int i = 0; i < CALLS; i++) {
                client.send(request, HttpResponse.BodyHandlers.discarding());
            }
            Thread.sleep(Duration.ofSeconds(11));
            System.out.println("| the process with `-Xmx128m` | MB resident |");
            System.out.println("|---|---|");
            print("just started", started);
            print("idle, after " + CALLS + " calls", megabytes(proxy));
            print("the one that was measured above, with `-Xmx256m`", megabytes(servers.proxy()));
        }
    }

    private static double megabytes(Program program) throws IOException {
        return program.resident() / 1e6;
    }

    private static void print(String words, double megabytes) {
        System.out.println(String.format(Locale.ROOT, "| %s | %.0f |", words, megabytes));
    }
}
