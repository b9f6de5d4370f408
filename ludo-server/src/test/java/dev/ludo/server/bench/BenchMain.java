package dev.ludo.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What {@code ./ludo bench server} runs: measures the proxy against nginx and prints the tables of docs/benchmarks.md. */
public final class BenchMain {
    private static final List<String> TABLES = List.of("calls", "latency", "idle", "echo", "stuck");

    private BenchMain() {}

    /**
     * Measures.
     *
     * @param arguments {@code quick} for one short round, whose figures say little; {@code calls}, {@code latency} or
     *     {@code idle} for one table alone; {@code webhooks} instead, or {@code relay} for the sockets, or for one of their
     *     tables with {@code echo}, {@code stuck} or {@code idle}; or {@code watch} for rooms that are watched, with
     *     numbers of watchers if not 1,000
     */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        boolean quick = words.contains("quick");
        if (words.contains("webhooks")) {
            System.out.println("Webhooks: " + machine() + (quick ? ", quick round" : ""));
            System.out.println();
            WebhookBench.run(quick ? 1 : 5, quick ? 3 : 5);
            return;
        }
        if (words.contains("watch")) {
            System.out.println("Proxy: " + machine() + (quick ? ", quick round" : ""));
            System.out.println();
            List<Integer> counts = words.stream()
                    .filter(word -> word.matches("[0-9]{1,5}"))
                    .map(Integer::valueOf)
                    .toList();
            WatchBench.run(counts.isEmpty() ? List.of(1_000) : counts, quick ? 3 : 15);
            return;
        }
        Tools tools;
        try {
            tools = Tools.find();
        } catch (IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
            return;
        }
        System.out.println("Proxy: " + machine() + (quick ? ", quick round" : ""));
        if (words.contains("relay")) {
            if (wants(words, "echo")) {
                System.out.println();
                RelayBench.run(tools, quick ? 1 : 5, quick ? 3 : 5);
            }
            if (wants(words, "stuck")) {
                System.out.println();
                StuckBench.run(quick ? 1 : 5, quick ? 3 : 5);
            }
            if (wants(words, "idle")) {
                System.out.println();
                RelayBench.runIdle(tools);
            }
            return;
        }
        try (Servers servers = Servers.start(tools)) {
            Wrk wrk = new Wrk(tools);
            if (wants(words, "calls")) {
                System.out.println();
                CallsBench.run(servers, wrk, quick ? 1 : 5, quick ? 2 : 4);
            }
            if (wants(words, "latency")) {
                System.out.println();
                LatencyBench.run(servers, quick ? 1 : 5, quick ? 3 : 6);
            }
            if (wants(words, "idle")) {
                System.out.println();
                IdleBench.run(servers);
            }
        }
    }

    private static boolean wants(List<String> words, String table) {
        return words.contains(table) || TABLES.stream().noneMatch(words::contains);
    }

    static double median(double... values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String machine() {
        String cpu = System.getProperty("os.arch");
        try {
            cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(cpu);
        } catch (IOException e) {
            cpu = cpu + " (no /proc/cpuinfo)";
        }
        return cpu + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java "
                + System.getProperty("java.runtime.version");
    }
}
