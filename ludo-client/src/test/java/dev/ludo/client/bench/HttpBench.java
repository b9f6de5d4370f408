package dev.ludo.client.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.ludo.client.ApiRequest;
import dev.ludo.client.LudoClient;
import dev.ludo.core.model.RoomCode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * What a GET costs: processor time and memory of the client's process, for several clients in one run, in turns. The server is
 * another process. Sixteen virtual threads call as fast as they can.
 */
final class HttpBench {
    private static final int THREADS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final int ROUNDS = 7;
    private static final String KEY = "lk_test_demo";
    private static final String PATH = "/rooms/K7Q2M9";

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<String, Exception> firstFailures = new ConcurrentHashMap<>();

    private record Cost(double micros, double bytes, double perSecond, double failures) {}

    static void run() throws Exception {
        Process upstream = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StaticUpstream.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(upstream.getInputStream(), StandardCharsets.UTF_8));
            URI base = URI.create("http://127.0.0.1:" + said.readLine() + "/v1");
            new HttpBench().compare(base);
        } finally {
            upstream.destroy();
        }
    }

    private void compare(URI base) throws Exception {
        try (LudoClient ludo = LudoClient.builder().baseUri(base).apiKey(KEY).build();
                HttpClient jdk = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build()) {
            Map<String, Callable<String>> contenders = new LinkedHashMap<>();
            contenders.put("Helidon WebClient alone", helidon(base));
            contenders.put(
                    "**ludo-client, the answer as text**",
                    () -> new String(
                            ludo.send(ApiRequest.get("/rooms/{code}", "K7Q2M9")).body(), StandardCharsets.UTF_8));
            contenders.put(
                    "**ludo-client, the answer as a `Room`**",
                    () -> ludo.rooms().get(RoomCode.of("K7Q2M9")).code().value());
            contenders.put("`java.net.http` with Resilience4j's retry and breaker", jdk(jdk, base));
            contenders.put("OkHttp", okHttp(base));
            Map<String, List<Cost>> costs = new LinkedHashMap<>();
            for (Map.Entry<String, Callable<String>> one : contenders.entrySet()) {
                measure(one.getKey(), one.getValue(), WARM_UP);
                costs.put(one.getKey(), new ArrayList<>());
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, Callable<String>> one : contenders.entrySet()) {
                    costs.get(one.getKey()).add(measure(one.getKey(), one.getValue(), ROUND));
                }
            }
            print(costs);
            firstFailures.forEach((name, e) -> System.out.println("\nThe first failure of " + name + ": " + e));
            System.out.println();
        }
    }

    private static Callable<String> helidon(URI base) {
        Http1Client client = Http1Client.builder()
                .baseUri(base)
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(10))
                .proxy(Proxy.noProxy())
                .sendExpectContinue(false)
                .socketOptions(options -> options.tcpNoDelay(true))
                .build();
        return () -> client.get(PATH)
                .header(HeaderNames.AUTHORIZATION, "Bearer " + KEY)
                .header(HeaderValues.ACCEPT_JSON)
                .requestEntity(String.class);
    }

    private static Callable<String> jdk(HttpClient client, URI base) {
        Retry retry = Retry.ofDefaults("bench");
        CircuitBreaker breaker = CircuitBreaker.ofDefaults("bench");
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + PATH))
                .header("Authorization", "Bearer " + KEY)
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(10))
                .build();
        return Retry.decorateCallable(
                retry,
                CircuitBreaker.decorateCallable(
                        breaker,
                        () -> client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body()));
    }

    private static Callable<String> okHttp(URI base) {
        OkHttpClient client = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(10))
                .writeTimeout(Duration.ofSeconds(5))
                .callTimeout(Duration.ofSeconds(15))
                .build();
        Request request = new Request.Builder()
                .url(base + PATH)
                .header("Authorization", "Bearer " + KEY)
                .header("Accept", "application/json")
                .build();
        return () -> {
            try (Response response = client.newCall(request).execute()) {
                return response.body().string();
            }
        };
    }

    private Cost measure(String name, Callable<String> call, Duration time) throws Exception {
        LongAdder calls = new LongAdder();
        LongAdder failures = new LongAdder();
        AtomicBoolean over = new AtomicBoolean();
        long allocated = threads.getTotalThreadAllocatedBytes();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(pool.submit(() -> {
                    while (!over.get()) {
                        try {
                            if (call.call().isEmpty()) {
                                failures.increment();
                            }
                        } catch (Exception e) {
                            failures.increment();
                            firstFailures.putIfAbsent(name, e);
                        }
                        calls.increment();
                    }
                    return null;
                }));
            }
            Thread.sleep(time);
            over.set(true);
            for (Future<?> one : all) {
                one.get();
            }
        }
        double n = calls.sum();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Cost(
                (system.getProcessCpuTime() - cpu) / 1e3 / n,
                (threads.getTotalThreadAllocatedBytes() - allocated) / n,
                n / seconds,
                failures.sum());
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(
                middle(costs.stream().mapToDouble(Cost::micros).toArray()),
                middle(costs.stream().mapToDouble(Cost::bytes).toArray()),
                middle(costs.stream().mapToDouble(Cost::perSecond).toArray()),
                costs.stream().mapToDouble(Cost::failures).sum());
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void print(Map<String, List<Cost>> costs) {
        Cost bare = median(costs.values().iterator().next());
        System.out.println("| GET of " + StaticUpstream.ROOM.length() + " bytes, " + THREADS
                + " threads | CPU µs a call | × Helidon | KB allocated a call | KB over Helidon | calls/s | failed |");
        System.out.println("|---|---|---|---|---|---|---|");
        costs.forEach((name, rounds) -> {
            Cost cost = median(rounds);
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.2f | %.1f | %+.1f | %,.0f | %,.0f |",
                    name,
                    cost.micros(),
                    cost.micros() / bare.micros(),
                    cost.bytes() / 1024,
                    (cost.bytes() - bare.bytes()) / 1024,
                    cost.perSecond(),
                    cost.failures()));
        });
    }
}
