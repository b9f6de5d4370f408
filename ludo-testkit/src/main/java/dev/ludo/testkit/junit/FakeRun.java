package dev.ludo.testkit.junit;

import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.FakeLudoBuilder;
import java.util.List;
import java.util.Optional;

/** A fake from its start to its end, and the threads that come up meanwhile. */
final class FakeRun {
    private final FakeLudo fake;
    private final Optional<Threads> threads;
    private final List<FakeLudo> running;

    private FakeRun(FakeLudo fake, Optional<Threads> threads, List<FakeLudo> running) {
        this.fake = fake;
        this.threads = threads;
        this.running = running;
    }

    /** Starts it; until its end it is among those that run. */
    static FakeRun start(FakeLudoBuilder builder, Optional<Threads> threads, List<FakeLudo> running) {
        FakeLudo fake = builder.start();
        running.add(fake);
        return new FakeRun(fake, threads, running);
    }

    FakeLudo fake() {
        return fake;
    }

    /** Ends it, and tells of the threads that have not ended soon after, if anybody wants to know. */
    Optional<String> end(boolean lookForThreads) {
        fake.close();
        running.remove(fake);
        return lookForThreads && threads.isPresent() ? threads.get().leftOver() : Optional.empty();
    }
}
