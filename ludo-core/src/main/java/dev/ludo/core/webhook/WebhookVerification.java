package dev.ludo.core.webhook;

import java.time.Instant;

/** Whether a delivery comes from who it should come from. */
public sealed interface WebhookVerification {

    /**
     * It does, and its body is as it was sent.
     *
     * @param id the delivery's {@code webhook-id}: one that was acted upon before is acknowledged and otherwise ignored
     * @param sentAt when this attempt was made
     */
    record Verified(String id, Instant sentAt) implements WebhookVerification {}

    /**
     * It does not, or that cannot be told.
     *
     * @param reason why
     * @param message the same in words, without anything secret
     */
    record Rejected(Reason reason, String message) implements WebhookVerification {}

    /** Why a delivery is rejected. */
    enum Reason {
        /** A header is not there, or empty. */
        MISSING_HEADER,
        /** {@code webhook-id} has something else than visible ASCII characters, or a full stop. */
        MALFORMED_ID,
        /** {@code webhook-timestamp} is no number of seconds. */
        MALFORMED_TIMESTAMP,
        /** {@code webhook-signature} holds no signature of version 1. */
        MALFORMED_SIGNATURE,
        /** The body has more than {@value WebhookVerifier#MAX_BODY} bytes. */
        BODY_TOO_LARGE,
        /** The attempt was made longer ago than is tolerated: it may be a replay. */
        TOO_OLD,
        /** The attempt was made further in the future than is tolerated. */
        TOO_NEW,
        /** None of the signatures was made with one of the secrets over this body. */
        WRONG_SIGNATURE
    }
}
