package dev.ludo.server.webhook;

import dev.ludo.core.webhook.WebhookVerification;
import dev.ludo.core.webhook.WebhookVerification.Rejected;
import dev.ludo.core.webhook.WebhookVerification.Verified;
import dev.ludo.core.webhook.WebhookVerifier;
import dev.ludo.server.webhook.WebhookInbox.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes deliveries: verifies each over its raw bytes, keeps it, and only then says that it is taken. Thread-safe.
 *
 * <p>Nothing looks into a body before it is verified and kept.
 */
public final class Deliveries implements AutoCloseable {
    private final WebhookVerifier verifier;
    private final WebhookInbox inbox;
    private final Consumer<byte[]> kept;
    private final Counts counts = new Counts();

    /** How many deliveries came, by what became of them. */
    public static final class Counts {
        private final LongAdder accepted = new LongAdder();
        private final LongAdder repeated = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final LongAdder unavailable = new LongAdder();

        private Counts() {}

        /**
         * Those that were kept.
         *
         * @return how many
         */
        public double accepted() {
            return accepted.doubleValue();
        }

        /**
         * Those that were known already.
         *
         * @return how many
         */
        public double repeated() {
            return repeated.doubleValue();
        }

        /**
         * Those that are not genuine.
         *
         * @return how many
         */
        public double rejected() {
            return rejected.doubleValue();
        }

        /**
         * Those that are genuine, but could not be kept.
         *
         * @return how many
         */
        public double unavailable() {
            return unavailable.doubleValue();
        }
    }

    /**
     * Takes deliveries from now on.
     *
     * @param verifier tells which are genuine
     * @param inbox keeps them
     * @param kept takes the body of each delivery that is new, once it is kept
     */
    public Deliveries(WebhookVerifier verifier, WebhookInbox inbox, Consumer<byte[]> kept) {
        this.verifier = verifier;
        this.inbox = inbox;
        this.kept = kept;
    }

    /**
     * Takes a delivery. Returns once it would survive a crash.
     *
     * @param headers gives the value of a header by its lower-case name, empty if it is absent
     * @param body the exact bytes that came
     * @return empty if it is taken, also when it was before; why not, if it is not genuine
     * @throws InboxUnavailableException if it is genuine and cannot be kept now
     */
    public Optional<Rejected> take(Function<String, Optional<String>> headers, byte[] body) {
        WebhookVerification verification = verifier.verify(headers, body);
        return switch (verification) {
            case Rejected rejected -> {
                counts.rejected.increment();
                yield Optional.of(rejected);
            }
            case Verified verified -> {
                keep(verified.id(), body);
                yield Optional.empty();
            }
        };
    }

    private void keep(String id, byte[] body) {
        Outcome outcome;
        try {
            outcome = inbox.accept(id, body);
        } catch (InboxUnavailableException e) {
            counts.unavailable.increment();
            throw e;
        }
        if (outcome == Outcome.REPEATED) {
            counts.repeated.increment();
        } else {
            counts.accepted.increment();
            kept.accept(body);
        }
    }

    /**
     * How many came so far.
     *
     * @return the counts, which go on
     */
    public Counts counts() {
        return counts;
    }

    @Override
    public void close() {
        inbox.close();
    }
}
