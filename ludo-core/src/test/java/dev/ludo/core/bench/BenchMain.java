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
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
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
                "| random classic games | games a second of processor time | bytes a game | rolls, moves a game | bytes a move with its roll |");
        System.out.println("|---|---|---|---|---|");
        for (RunResult result : run(GameBench.class, 10, quick)) {
            int players = Integer.parseInt(result.getParams().getParam("players"));
            long rolls = 0;
            long moves = 0;
            int games = 500;
            for (int seed = 0; seed < games; seed++) {
                GameBench.Played played = GameBench.play(RuleSet.classic(), players, seed);
                rolls += played.rolls();
                moves += played.moves();
            }
            double bytes = median(result, each -> per(each, "bytes", "calls"));
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %d players | %,.0f | %,.0f | %d, %d | %.0f |",
                    players,
                    1e9 / median(result, each -> per(each, "nanos", "calls")),
                    bytes,
                    rolls / games,
                    moves / games,
                    bytes * games / moves));
        }
    }

    private static void codec(boolean quick) throws RunnerException {
        Map<String, Map<String, RunResult>> bySample = new TreeMap<>();
        for (RunResult result : run(CodecBench.class, 20, quick)) {
            String benchmark = result.getParams().getBenchmark();
            bySample.computeIfAbsent(result.getParams().getParam("sample"), sample -> new TreeMap<>())
                    .put(benchmark.substring(benchmark.lastIndexOf('.') + 1), result);
        }
        System.out.println();
        System.out.println(
                "| message | read: processor ns (bytes) | bare two steps | ratio | write: processor ns (bytes) | bare Yasson | ratio |");
        System.out.println("|---|---|---|---|---|---|---|");
        bySample.forEach((sample, results) -> System.out.println(String.format(
                Locale.ROOT,
                "| %s | %s | %s |",
                sample.toLowerCase(Locale.ROOT).replace('_', '-'),
                cells(results.get("read")),
                cells(results.get("write")))));
    }

    private static String cells(RunResult result) {
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f) | %,.0f (%,.0f) | %.2f",
                median(result, each -> per(each, "nanos", "calls")),
                median(result, each -> per(each, "bytes", "calls")),
                median(result, each -> per(each, "bareNanos", "calls")),
                median(result, each -> per(each, "bareBytes", "calls")),
                median(result, each -> per(each, "nanos", "bareNanos")));
    }

    private static double median(RunResult result, ToDoubleFunction<IterationResult> figure) {
        double[] all = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return all[all.length / 2];
    }

    private static double per(IterationResult iteration, String counter, String other) {
        return iteration.getSecondaryResults().get(counter).getScore()
                / iteration.getSecondaryResults().get(other).getScore();
    }

    private static Collection<RunResult> run(Class<?> benchmarks, int batch, boolean quick) throws RunnerException {
        // By calls and not by time, so that on a busy machine nothing is measured that is not compiled yet.
        Options options = new OptionsBuilder()
                .include(benchmarks.getName())
                .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-Xmx512m")
                .mode(Mode.SingleShotTime)
                .forks(quick ? 1 : 2)
                .warmupIterations(quick ? 10 : 40)
                .measurementIterations(quick ? 10 : 40)
                .warmupBatchSize(batch)
                .measurementBatchSize(batch)
                .verbosity(VerboseMode.SILENT)
                .build();
        return new ArrayList<>(new Runner(options).run());
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
