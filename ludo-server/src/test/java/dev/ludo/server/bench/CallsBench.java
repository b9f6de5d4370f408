package dev.ludo.server.bench;

import dev.ludo.server.bench.Wrk.Call;
import dev.ludo.server.bench.Wrk.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a call costs: processor time of the proxy's process a call, against that of nginx's, in turns. */
final class CallsBench {
    // So many calls make the JVM compile what they need, or so many turns on a slow machine.
    private static final int WARM_TURNS = 6;
    private static final int WARM_CALLS = 100_000;

    private final Servers servers;
    private final Wrk wrk;
    private final int seconds;
    private final Map<Case, List<Cost>> costs = new EnumMap<>(Case.class);

    private enum Case {
        NGINX_GET("nginx, `GET /rooms/{code}`", Call.UNCACHED, true, ""),
        GET("**proxy, `GET /rooms/{code}`**", Call.UNCACHED, false, "3.5"),
        CACHED("**proxy, the same from its cache**", Call.CACHED, false, "1.2"),
        NGINX_POST("nginx, `POST /rooms`", Call.POST, true, ""),
        POST("**proxy, `POST /rooms`**", Call.POST, false, "5");

        private final String words;
        private final Call call;
        private final boolean nginx;
        private final String goal;

        Case(String words, Call call, boolean nginx, String goal) {
            this.words = words;
            this.call = call;
            this.nginx = nginx;
            this.goal = goal;
        }

        private Case comparedWith() {
            return call == Call.POST ? NGINX_POST : NGINX_GET;
        }
    }

    private record Cost(double micros, double perSecond, double p99Millis) {}

    private CallsBench(Servers servers, Wrk wrk, int seconds) {
        this.servers = servers;
        this.wrk = wrk;
        this.seconds = seconds;
    }

    static void run(Servers servers, Wrk wrk, int rounds, int seconds) throws Exception {
        CallsBench bench = new CallsBench(servers, wrk, seconds);
        bench.warmUp();
        for (int round = 0; round < rounds; round++) {
            for (Case one : Case.values()) {
                bench.costs.computeIfAbsent(one, c -> new ArrayList<>()).add(bench.measure(one));
            }
        }
        bench.print();
    }

    private void warmUp() throws IOException, InterruptedException {
        for (Case one : Case.values()) {
            long calls = 0;
            for (int turn = 0; turn < WARM_TURNS && calls < (one.nginx ? 1 : WARM_CALLS); turn++) {
                calls += load(one, one.nginx ? 1 : 4).calls();
            }
        }
    }

    private Load load(Case one, int forSeconds) throws IOException, InterruptedException {
        String path = one.call == Call.POST ? "/rooms" : "/rooms/" + servers.onlyRoom();
        return wrk.run(one.call, program(one).port(), path, forSeconds);
    }

    private Program program(Case one) {
        return one.nginx ? servers.nginx() : servers.proxy();
    }

    private Cost measure(Case one) throws IOException, InterruptedException {
        long before = program(one).busy().toNanos();
        Load load = load(one, seconds);
        if (load.failed() > 0) {
            throw new IOException("calls failed in " + one + ": " + load.said());
        }
        double micros = (program(one).busy().toNanos() - before) / 1e3 / load.calls();
        System.err.printf(Locale.ROOT, "bench: %-10s %6.1f us a call, %,.0f calls/s%n", one, micros, load.perSecond());
        return new Cost(micros, load.perSecond(), load.p99Millis());
    }

    private void print() {
        System.out.println("| | CPU µs a call | × nginx | goal | calls/s | 99 of 100 within ms |");
        System.out.println("|---|---|---|---|---|---|");
        for (Case one : Case.values()) {
            double micros = median(one, Cost::micros);
            double ratio = micros / median(one.comparedWith(), Cost::micros);
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.2f | %s | %,.0f | %.1f |",
                    one.words,
                    micros,
                    ratio,
                    one.goal,
                    median(one, Cost::perSecond),
                    median(one, Cost::p99Millis)));
        }
    }

    private double median(Case one, ToDoubleFunction<Cost> figure) {
        return BenchMain.median(
                costs.getOrDefault(one, List.of()).stream().mapToDouble(figure).toArray());
    }
}
