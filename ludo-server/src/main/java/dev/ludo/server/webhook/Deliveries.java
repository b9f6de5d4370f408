package dev.ludo.server.webhook;

import dev.ludo.core.webhook.WebhookVerification;
import dev.ludo.core.webhook.WebhookVerification.Reason;
import dev.ludo.core.webhook.WebhookVerification.Rejected;
import dev.ludo.core.webhook.WebhookVerification.Verified;
import dev.ludo.core.webhook.WebhookVerifier;
import dev.ludo.server.inbox.InboxUnavailableException;
import dev.ludo.server.inbox.WebhookInbox;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes deliveries: verifies each over its raw bytes, keeps it, and only then says that it is taken. Thread-safe.
 *
 * <p>Nothing looks into a body before it is verified and kept.
 */
public final class Deliveries implements AutoCloseable {
    private final ActiveSecrets secrets;
    private final Optional<SubscriptionNews> news;
    private final WebhookInbox inbox;
    private final Consumer<byte[]> kept;
    private final Consumer<Fate> ended;

    /** What became of a delivery. */
    public enum Fate {
        /** It was kept. */
        ACCEPTED,
        /** It was known already. */
        REPEATED,
        /** It is not genuine. */
        REJECTED,
        /** It could not be kept, or not be told from one that is not genuine. */
        UNAVAILABLE
    }

    /**
     * Takes deliveries from now on.
     *
     * @param secrets tell which are genuine
     * @param news looks for another secret where these do not; empty if none is to come
     * @param inbox keeps them
     * @param kept takes the body of each delivery that is new, once it is kept
     * @param ended takes what became of each
     */
    public Deliveries(
            ActiveSecrets secrets,
            Optional<SubscriptionNews> news,
            WebhookInbox inbox,
            Consumer<byte[]> kept,
            Consumer<Fate> ended) {
        this.secrets = secrets;
        this.news = news;
        this.inbox = inbox;
        this.kept = kept;
        this.ended = ended;
    }

    /**
     * Takes a delivery. Returns once it would survive a crash.
     *
     * @param headers gives the value of a header by its lower-case name, empty if it is absent
     * @param body the exact bytes that came
     * @return empty if it is taken, also when it was before; why not, if it is not genuine
     * @throws InboxUnavailableException if it cannot be kept now, or no secret is known yet
     */
    public Optional<Rejected> take(Function<String, Optional<String>> headers, byte[] body) {
        try {
            return switch (verify(headers, body)) {
                case Rejected rejected -> {
                    ended.accept(Fate.REJECTED);
                    yield Optional.of(rejected);
                }
                case Verified verified -> {
                    keep(verified.id(), body);
                    yield Optional.empty();
                }
            };
        } catch (InboxUnavailableException e) {
            ended.accept(Fate.UNAVAILABLE);
            throw e;
        }
    }

    private WebhookVerification verify(Function<String, Optional<String>> headers, byte[] body) {
        Optional<WebhookVerifier> before = secrets.verifier();
        Optional<WebhookVerification> told = before.map(verifier -> verifier.verify(headers, body));
        if (told.map(Deliveries::mayNeedAnotherSecret).orElse(true)) {
            news.ifPresent(SubscriptionNews::look);
            Optional<WebhookVerifier> now = secrets.verifier();
            if (!now.equals(before)) {
                told = now.map(verifier -> verifier.verify(headers, body));
            }
        }
        return told.orElseThrow(() -> new InboxUnavailableException("no secret is known yet"));
    }

    private static boolean mayNeedAnotherSecret(WebhookVerification told) {
        return told instanceof Rejected rejected && rejected.reason() == Reason.WRONG_SIGNATURE;
    }

    private void keep(String id, byte[] body) {
        switch (inbox.accept(id, body)) {
            case ACCEPTED -> {
                ended.accept(Fate.ACCEPTED);
                kept.accept(body);
            }
            case REPEATED -> ended.accept(Fate.REPEATED);
        }
    }

    @Override
    public void close() {
        inbox.close();
    }
}
