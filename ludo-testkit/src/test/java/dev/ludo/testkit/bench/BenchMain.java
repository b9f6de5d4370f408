package dev.ludo.testkit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Measures the fake and prints the tables of docs/benchmarks.md. */
public final class BenchMain {
    private BenchMain() {}

    /**
     * Measures.
     *
     * @param args {@code quick} for one short round, whose figures say little; or nothing
     */
    public static void main(String[] args) throws Exception {
        Logger helidon = Logger.getLogger("io.helidon"); // it tells of each server that starts
        helidon.setLevel(Level.WARNING);
        boolean quick = List.of(args).contains("quick");
        System.out.println("Test kit: " + machine() + (quick ? ", quick round" : ""));
        StartBench.run(quick);
        RoomsBench.run(quick);
        SocketGameBench.run(quick);
    }

    /** The value below which this part of all lies; sorts them. */
    static double quantile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(part * (sorted.size() - 1))));
    }

    static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
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
