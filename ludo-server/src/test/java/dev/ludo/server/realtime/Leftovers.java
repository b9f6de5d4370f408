package dev.ludo.server.realtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What sockets may leave behind. To be counted while none comes or goes. */
final class Leftovers {
    private Leftovers() {}

    /** The threads of relayed sockets and of the web server's connections. */
    static int threads(Path directory) {
        try {
            Path dump = directory.resolve("threads" + System.nanoTime());
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            return (int) Files.readAllLines(dump).stream()
                    .filter(line -> line.startsWith("#"))
                    .filter(line -> line.contains("ludo-") || line.contains("WebServer socket"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The open descriptors of this process. */
    static long descriptors() {
        Path open = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(open), "descriptors can be counted here");
        try (Stream<Path> entries = Files.list(open)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
