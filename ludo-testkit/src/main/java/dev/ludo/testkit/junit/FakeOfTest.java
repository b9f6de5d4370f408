package dev.ludo.testkit.junit;

import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.journal.JournalEntry;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** One test and its fake. When JUnit has done everything else for the test, it looks for what was left behind. */
final class FakeOfTest implements AutoCloseable {
    /** Ends the fake, or gives it back. */
    @FunctionalInterface
    interface Ending {
        /** Tells of the threads that have not ended, if that is asked for. */
        Optional<String> end(boolean lookForThreads);
    }

    private final ExtensionContext context;
    private final FakeLudo fake;
    private final Ending ending;

    FakeOfTest(ExtensionContext context, FakeLudo fake, Ending ending) {
        this.context = context;
        this.fake = fake;
        this.ending = ending;
    }

    FakeLudo fake() {
        return fake;
    }

    /** What the test, its class or a class around it says that it leaves. */
    static Set<Leak> mayLeave(ExtensionContext context) {
        Set<Leak> meant = EnumSet.noneOf(Leak.class);
        context.getTestMethod().ifPresent(method -> meant.addAll(leaves(method)));
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            meant.addAll(leaves(type));
        }
        return meant;
    }

    private static List<Leak> leaves(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Leaves.class)
                .map(found -> Arrays.asList(found.value()))
                .orElse(List.of());
    }

    @Override
    public void close() {
        Optional<Throwable> failure = context.getExecutionException();
        String faults = fake.faults().toString(); // they end with the fake
        failure.filter(thrown -> !(thrown instanceof TestAbortedException))
                .ifPresent(thrown -> Happened.attach(thrown, context, fake, faults));
        Set<Leak> meant = mayLeave(context);
        if (failure.isPresent()) {
            meant.addAll(EnumSet.allOf(Leak.class)); // one failure is enough, and it explains the rest
        }
        List<String> left = new ArrayList<>();
        if (!meant.contains(Leak.UNUSED_SCRIPTS) && !fake.unusedScripts().isEmpty()) {
            left.add("scripted answers for which no request came: " + fake.unusedScripts());
        }
        if (!meant.contains(Leak.OPEN_SOCKETS) && !socketsEnd()) {
            left.add(openSockets());
        }
        if (!meant.contains(Leak.UNMATCHED_REQUESTS)) {
            unmatchedRequests().ifPresent(left::add);
        }
        ending.end(!meant.contains(Leak.LIVE_THREADS)).ifPresent(left::add);
        if (!left.isEmpty()) {
            AssertionError error = new AssertionError("the test left behind " + String.join(", and ", left)
                    + "; mend that, or say with @Leaves that it is meant to");
            Happened.attach(error, context, fake, faults);
            throw error;
        }
    }

    /** Tells of the requests that the fake knows nothing of, each once. */
    private Optional<String> unmatchedRequests() {
        Set<String> requests = new LinkedHashSet<>();
        for (JournalEntry answer : fake.journal().unmatched()) {
            requests.add(answer.method().orElseThrow() + ' ' + answer.path().orElseThrow() + " ("
                    + answer.status().orElseThrow() + ')');
        }
        return requests.isEmpty() ? Optional.empty() : Optional.of("requests for which there is no route: " + requests);
    }

    private boolean socketsEnd() {
        try {
            return fake.awaitSockets(0, Patience.of(context));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then they are not waited for
            return fake.openSockets() == 0;
        }
    }

    private String openSockets() {
        int count = fake.openSockets();
        return count == 1 ? "an open socket" : count + " open sockets";
    }
}
