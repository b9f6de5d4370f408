package dev.ludo.core.webhook;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookVerification.Reason;
import dev.ludo.core.webhook.WebhookVerification.Rejected;
import dev.ludo.core.webhook.WebhookVerification.Verified;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells genuine webhook deliveries from others, as the Standard Webhooks specification says.
 *
 * <p>It works on the raw bytes of the body, so verify before anything parses or changes them. Any one of the listed
 * signatures may match any one of the secrets; all pairs are compared, each in constant time. Deliveries that were made
 * more than the tolerance ago or ahead are rejected, but within it a delivery can be repeated by whoever has seen it: keep
 * the ids that were acted upon. Thread-safe.
 */
public final class WebhookVerifier {
    /** How long a body may be: {@value} bytes. */
    public static final int MAX_BODY = 256 * 1024;

    /** How far the time of an attempt may be from now, either way. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    static final String VERSION = "v1,";
    private static final int SIGNATURE_BYTES = 32;
    private static final int TIMESTAMP_DIGITS = 12;

    private final List<SigningKey> keys;
    private final Clock clock;
    private final Duration tolerance;

    /**
     * A verifier with a tolerance of {@link #TOLERANCE}.
     *
     * @param secrets the active secrets, at least one: {@code whsec_} and base64 of 24 to 64 bytes each; two while one
     *     replaces the other
     * @param clock tells what is too old
     * @throws IllegalArgumentException if there is no secret, or one that is none; the message does not show it
     */
    public WebhookVerifier(List<Secret> secrets, Clock clock) {
        this(secrets, clock, TOLERANCE);
    }

    /**
     * A verifier.
     *
     * @param secrets the active secrets, at least one: {@code whsec_} and base64 of 24 to 64 bytes each
     * @param clock tells what is too old
     * @param tolerance how far the time of an attempt may be from now, either way, in whole seconds
     * @throws IllegalArgumentException if there is no secret, or one that is none, or the tolerance is negative
     */
    public WebhookVerifier(List<Secret> secrets, Clock clock, Duration tolerance) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a webhook verifier needs at least one secret");
        }
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException("tolerance must not be negative, was " + tolerance);
        }
        this.keys = secrets.stream().map(SigningKey::of).toList();
        this.clock = clock;
        this.tolerance = tolerance;
    }

    /**
     * Verifies a delivery.
     *
     * @param headers gives the value of a header by its lower-case name, empty if it is absent
     * @param body the exact bytes that came
     * @return whether it is genuine, or the first reason why not
     */
    public WebhookVerification verify(Function<String, Optional<String>> headers, byte[] body) {
        String id = headers.apply(WebhookHeaders.ID).orElse("");
        String timestamp = headers.apply(WebhookHeaders.TIMESTAMP).orElse("");
        String signature = headers.apply(WebhookHeaders.SIGNATURE).orElse("");
        if (id.isEmpty()) {
            return missing(WebhookHeaders.ID);
        }
        if (timestamp.isEmpty()) {
            return missing(WebhookHeaders.TIMESTAMP);
        }
        if (signature.isEmpty()) {
            return missing(WebhookHeaders.SIGNATURE);
        }
        if (body.length > MAX_BODY) {
            return new Rejected(
                    Reason.BODY_TOO_LARGE, "the body has " + body.length + " bytes, the limit is " + MAX_BODY);
        }
        if (!WebhookHeaders.isId(id)) {
            return new Rejected(Reason.MALFORMED_ID, WebhookHeaders.NO_ID);
        }
        if (!isNumber(timestamp)) {
            return new Rejected(Reason.MALFORMED_TIMESTAMP, "webhook-timestamp must be a number of seconds");
        }
        long sentAt = Long.parseLong(timestamp);
        long age = clock.instant().getEpochSecond() - sentAt;
        if (age > tolerance.toSeconds()) {
            return new Rejected(Reason.TOO_OLD, "the delivery was made " + age + " s ago");
        }
        if (-age > tolerance.toSeconds()) {
            return new Rejected(Reason.TOO_NEW, "the delivery was made " + -age + " s in the future");
        }
        List<byte[]> given = signatures(signature);
        if (given.isEmpty()) {
            return new Rejected(Reason.MALFORMED_SIGNATURE, "webhook-signature must hold a signature of version 1");
        }
        return matches(given, id, timestamp, body)
                ? new Verified(id, Instant.ofEpochSecond(sentAt))
                : new Rejected(Reason.WRONG_SIGNATURE, "no signature was made with the secret over this body");
    }

    // No early end: how long it takes says nothing about which pair matched.
    private boolean matches(List<byte[]> given, String id, String timestamp, byte[] body) {
        boolean genuine = false;
        for (SigningKey key : keys) {
            byte[] expected = key.sign(id, timestamp, body);
            for (byte[] signature : given) {
                genuine |= MessageDigest.isEqual(expected, signature);
            }
        }
        return genuine;
    }

    /** The signatures of version 1 that can be one; other versions and what is no base64 are passed over. */
    private static List<byte[]> signatures(String header) {
        List<byte[]> found = new ArrayList<>();
        for (String entry : header.split(" ", -1)) {
            if (entry.startsWith(VERSION)) {
                decode(entry.substring(VERSION.length())).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            byte[] signature = Base64.getDecoder().decode(base64);
            return signature.length == SIGNATURE_BYTES ? Optional.of(signature) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // one of several may still be good
        }
    }

    private static boolean isNumber(String text) {
        return text.length() <= TIMESTAMP_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Rejected missing(String header) {
        return new Rejected(Reason.MISSING_HEADER, header + " is missing");
    }
}
