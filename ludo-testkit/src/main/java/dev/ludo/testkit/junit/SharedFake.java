package dev.ludo.testkit.junit;

import dev.ludo.testkit.FakeLudo;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The fake that the tests of a class share. It ends when JUnit has done everything else for the class. */
final class SharedFake implements AutoCloseable {
    private final ExtensionContext context;
    private final FakeRun run;
    private final AtomicReference<Optional<String>> borrower = new AtomicReference<>(Optional.empty());

    SharedFake(ExtensionContext context, FakeRun run) {
        this.context = context;
        this.run = run;
    }

    FakeLudo fake() {
        return run.fake();
    }

    /** Lends it to one test, as it was at the beginning. */
    FakeOfTest lend(ExtensionContext test) {
        Optional<String> other = borrower.compareAndExchange(Optional.empty(), Optional.of(test.getDisplayName()));
        if (other.isPresent()) {
            throw new IllegalStateException("the tests " + other.get() + " and " + test.getDisplayName()
                    + " share a fake and run at the same time; give each a fresh one, or let them run one after"
                    + " the other with @Execution(ExecutionMode.SAME_THREAD)");
        }
        fake().reset();
        return new FakeOfTest(test, fake(), lookForThreads -> {
            borrower.set(Optional.empty());
            return Optional.empty();
        });
    }

    @Override
    public void close() {
        boolean looks = context.getExecutionException().isEmpty()
                && !FakeOfTest.mayLeave(context).contains(Leak.LIVE_THREADS);
        Optional<String> threads = run.end(looks);
        if (threads.isPresent()) {
            throw new AssertionError("the tests of the class left behind " + threads.get());
        }
    }
}
