package dev.ludo.core.bench;

import dev.ludo.core.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the core and prints the tables of docs/benchmarks.md. */
public final class BenchMain {
    private BenchMain() {}

    /**
     * Measures.
     *
     * @param args {@code quick} for one short round, whose figures say little; or nothing
     */
    public static void main(String[] args) throws RunnerException {
        boolean quick = List.of(args).contains("quick");
        System.out.println("Core: " + machine() + (quick ? ", quick round" : ""));
        games(quick);
        codec(quick);
    }

    private static void games(boolean quick) throws RunnerException {
        System.out.println();
        System.out.println(
                "| random classic games | games a second | bytes a game | rolls, moves a game | bytes a move with its roll |");
        System.out.println("|---|---|---|---|---|");
        for (RunResult result : run(GameBench.class, quick)) {
            int players = Integer.parseInt(result.getParams().getParam("players"));
            long rolls = 0;
            long moves = 0;
            int games = 500;
            for (int seed = 0; seed < games; seed++) {
                GameBench.Played played = GameBench.play(RuleSet.classic(), players, seed);
                rolls += played.rolls();
                moves += played.moves();
            }
            double bytes = allocated(result);
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %d players | %,.0f ± %,.0f | %,.0f | %d, %d | %.0f |",
                    players,
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    bytes,
                    rolls / games,
                    moves / games,
                    bytes * games / moves));
        }
    }

    private static void codec(boolean quick) throws RunnerException {
        Map<String, Map<String, RunResult>> bySample = new TreeMap<>();
        for (RunResult result : run(CodecBench.class, quick)) {
            String benchmark = result.getParams().getBenchmark();
            bySample.computeIfAbsent(result.getParams().getParam("sample"), sample -> new TreeMap<>())
                    .put(benchmark.substring(benchmark.lastIndexOf('.') + 1), result);
        }
        System.out.println();
        System.out.println(
                "| message | read ns (bytes) | bare two steps ns (bytes) | ratio | write ns (bytes) | bare Yasson ns (bytes) | ratio |");
        System.out.println("|---|---|---|---|---|---|---|");
        bySample.forEach((sample, results) -> System.out.println(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %s | %s | %.2f |",
                sample.toLowerCase(Locale.ROOT).replace('_', '-'),
                cell(results, "read"),
                cell(results, "readBare"),
                score(results, "read") / score(results, "readBare"),
                cell(results, "write"),
                cell(results, "writeBare"),
                score(results, "write") / score(results, "writeBare"))));
    }

    private static Collection<RunResult> run(Class<?> benchmarks, boolean quick) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(benchmarks.getName())
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-Xmx512m")
                .forks(quick ? 1 : 2)
                .warmupIterations(quick ? 2 : 3)
                .measurementIterations(quick ? 2 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 500 : 800))
                .measurementTime(TimeValue.milliseconds(quick ? 500 : 800))
                .verbosity(VerboseMode.SILENT)
                .build();
        return new ArrayList<>(new Runner(options).run());
    }

    private static double score(Map<String, RunResult> results, String benchmark) {
        return result(results, benchmark).getPrimaryResult().getScore();
    }

    private static String cell(Map<String, RunResult> results, String benchmark) {
        return String.format(
                Locale.ROOT, "%,.0f (%,.0f)", score(results, benchmark), allocated(result(results, benchmark)));
    }

    private static RunResult result(Map<String, RunResult> results, String benchmark) {
        RunResult result = results.get(benchmark);
        if (result == null) {
            throw new IllegalStateException("nothing was measured for " + benchmark);
        }
        return result;
    }

    private static double allocated(RunResult result) {
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }

    private static String machine() {
        String cpu = "unknown processor";
        try {
            cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(cpu);
        } catch (IOException e) {
            cpu = System.getProperty("os.arch"); // not Linux
        }
        return cpu + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java "
                + System.getProperty("java.runtime.version");
    }
}
