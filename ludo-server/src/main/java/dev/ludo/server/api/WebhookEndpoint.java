package dev.ludo.server.api;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.webhook.WebhookVerification.Reason;
import dev.ludo.core.webhook.WebhookVerification.Rejected;
import dev.ludo.core.webhook.WebhookVerifier;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.inbox.InboxUnavailableException;
import dev.ludo.server.throttle.Seldom;
import dev.ludo.server.webhook.Deliveries;
import io.helidon.http.HeaderNames;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Where the API delivers its webhooks. */
final class WebhookEndpoint implements Endpoint {
    private static final Logger LOG = System.getLogger(WebhookEndpoint.class.getName());

    // A disk or a queue is seldom better sooner; senders wait longer by themselves.
    private static final String RETRY_AFTER = "5";

    private final Optional<Deliveries> deliveries;
    private final Seldom<Reason> rejections;

    WebhookEndpoint(Optional<Deliveries> deliveries, LongSupplier nanoTime) {
        this.deliveries = deliveries;
        this.rejections = new Seldom<>(Duration.ofMinutes(1), nanoTime);
    }

    @Override
    public Reply serve(Exchange exchange) {
        Deliveries taking = deliveries.orElseThrow(() -> Refusal.of(
                ErrorCode.NOT_FOUND,
                "This proxy takes no webhooks: neither LUDO_WEBHOOK_SECRETS nor LUDO_PUBLIC_URL is set."));
        byte[] body = exchange.body(WebhookVerifier.MAX_BODY);
        Optional<Rejected> rejected;
        try {
            rejected = taking.take(name -> exchange.header(HeaderNames.create(name)), body);
        } catch (InboxUnavailableException e) {
            // Whatever failed is logged where it did.
            LOG.log(
                    Level.WARNING,
                    "request {0} delivers what cannot be kept: {1}",
                    exchange.requestId(),
                    e.getMessage());
            throw Refusal.of(ErrorCode.UNAVAILABLE, "The delivery cannot be kept now.")
                    .with("Retry-After", RETRY_AFTER);
        }
        rejected.ifPresent(why -> {
            if (rejections.mayTell(why.reason())) { // strangers decide how many there are
                LOG.log(
                        Level.WARNING,
                        "request {0} is no webhook of the API, {1}: {2}",
                        exchange.requestId(),
                        why.reason(),
                        why.message());
            }
            throw refusal(why);
        });
        return Reply.empty(204);
    }

    private static Refusal refusal(Rejected why) {
        String sentence = "The delivery is not taken: " + why.message() + '.';
        return switch (why.reason()) {
            case WRONG_SIGNATURE, MALFORMED_SIGNATURE -> Refusal.of(ErrorCode.UNAUTHORIZED, sentence);
            case BODY_TOO_LARGE -> Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE, sentence);
            case MISSING_HEADER, MALFORMED_ID, MALFORMED_TIMESTAMP, TOO_OLD, TOO_NEW ->
                Refusal.of(ErrorCode.MALFORMED_REQUEST, sentence);
        };
    }
}
