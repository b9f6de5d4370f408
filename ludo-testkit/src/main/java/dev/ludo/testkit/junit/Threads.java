package dev.ludo.testkit.junit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The threads that were there at some time, to be compared with those that are there later. */
final class Threads {
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";
    private static final int FRAMES = 4;

    /** Threads of pools that live as long as the JVM, whoever started them, and of those who run the tests. */
    private static final List<String> OTHERS =
            List.of("ForkJoinPool.commonPool-", "HttpClient-", "junit-", "surefire-", "Attach Listener");

    private final Set<Thread> before;
    private final Duration patience;

    private Threads(Set<Thread> before, Duration patience) {
        this.before = before;
        this.patience = patience;
    }

    /** Those that are there now; empty when several tests run at once, since nobody knows then whose a later one is. */
    static Optional<Threads> watch(ExtensionContext context) {
        boolean parallel = context.getConfigurationParameter(PARALLEL)
                .map(Boolean::parseBoolean)
                .orElse(false);
        return parallel
                ? Optional.empty()
                : Optional.of(new Threads(alive().collect(Collectors.toSet()), Patience.of(context)));
    }

    /** All but the JVM's own, which are in its group of their own. */
    private static Stream<Thread> alive() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null && group.getParent().getParent() != null) {
            group = group.getParent();
        }
        Thread[] found = new Thread[group.activeCount() + 64];
        int count = group.enumerate(found);
        return Arrays.stream(found, 0, count);
    }

    /** What the threads look like that have come up since and do not end soon. Nobody waits for them when interrupted. */
    Optional<String> leftOver() {
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> left = new ArrayList<>();
        for (Thread thread : alive().filter(this::isNew).toList()) {
            if (!endsBy(deadline, thread)) {
                left.add(describe(thread));
            }
        }
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of((left.size() == 1 ? "a live thread: " : left.size() + " live threads: ")
                        + String.join("; ", left));
    }

    private static boolean endsBy(long deadline, Thread thread) {
        try {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private boolean isNew(Thread thread) {
        return !before.contains(thread)
                && !thread.equals(Thread.currentThread())
                && OTHERS.stream().noneMatch(thread.getName()::startsWith)
                && !thread.getClass().getName().startsWith("org.junit.");
    }

    private static String describe(Thread thread) {
        return '"' + thread.getName() + "\" at "
                + Arrays.stream(thread.getStackTrace())
                        .limit(FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < "));
    }
}
