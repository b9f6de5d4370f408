package dev.ludo.testkit.junit;

import dev.ludo.testkit.FakeLudo;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What happened in a fake, for whoever reads why a test has failed. It goes along with the failure and is never thrown. */
final class Happened extends Throwable {
    private static final long serialVersionUID = 1L;

    /** How much goes into the report of a failure; the report entry has all. */
    private static final int MOST_LINES = 200;

    private Happened(String message) {
        super(message, null, false, false);
    }

    /** Attaches what happened to a failure, and publishes it. */
    static void attach(Throwable failure, ExtensionContext context, FakeLudo fake, String faults) {
        failure.addSuppressed(new Happened(
                "what happened in the fake:\n" + faults + '\n' + fake.journal().timeline(MOST_LINES)));
        context.publishReportEntry(
                LudoExtension.TIMELINE, faults + '\n' + fake.journal().timeline());
    }
}
