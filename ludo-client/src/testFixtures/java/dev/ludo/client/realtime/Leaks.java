package dev.ludo.client.realtime;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Looks for what connections may have left behind. Virtual threads are known from the JVM's own record of their starts and
 * ends: a dump of them crashes some JDKs when they come and go meanwhile (seen with 25.0.3).
 */
public final class Leaks implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern OURS = Pattern.compile("ludo-(?:room|leg|socket|relay|hubs)[a-z-]*");

    private final Recording recording = new Recording();
    private final Path dir;

    /** Begins to watch threads; what was started before is not known. */
    public Leaks(Path dir) {
        this.dir = dir;
        recording.enable("jdk.VirtualThreadStart").withoutStackTrace();
        recording.enable("jdk.VirtualThreadEnd").withoutStackTrace();
        recording.start();
    }

    public static void waitUntil(BooleanSupplier condition) {
        long due = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - due < 0) {
            Thread.onSpinWait();
        }
    }

    public static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** The names of the threads of connections that were started and have not ended. */
    public List<String> threads() {
        try {
            Path file = Files.createTempFile(dir, "threads", ".jfr");
            recording.dump(file);
            Map<Long, String> running = new TreeMap<>();
            List<RecordedEvent> events = RecordingFile.readAllEvents(file); // in no order
            for (RecordedEvent event : events) {
                String name = event.getThread().getJavaName();
                if (event.getEventType().getName().endsWith("Start")
                        && name != null
                        && OURS.matcher(name).matches()) {
                    running.put(event.getLong("javaThreadId"), name);
                }
            }
            for (RecordedEvent event : events) {
                if (event.getEventType().getName().endsWith("End")) {
                    running.remove(event.getLong("javaThreadId"));
                }
            }
            return List.copyOf(running.values());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops watching threads. */
    @Override
    public void close() {
        recording.close();
    }
}
