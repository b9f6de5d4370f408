package dev.ludo.client.realtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Looks for what connections may have left behind. */
final class Leaks {
    private static final Pattern OURS = Pattern.compile("\"(ludo-(?:room|leg|socket)[a-z-]*)\"");

    private Leaks() {}

    static void waitUntil(BooleanSupplier condition) {
        long due = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - due < 0) {
            Thread.onSpinWait();
        }
    }

    static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /**
     * The threads of connections. Only a dump knows the virtual ones. To be used when little goes on: some JDKs crash when they
     * dump virtual threads that come and go (seen with 25.0.3).
     */
    static List<String> threads(Path dir) {
        try {
            Path file = Files.createTempDirectory(dir, "dump").resolve("threads");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
            return OURS.matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
