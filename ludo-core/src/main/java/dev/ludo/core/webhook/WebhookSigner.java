package dev.ludo.core.webhook;

import dev.ludo.core.model.Secret;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Signs webhook deliveries as the Standard Webhooks specification says: {@code v1,} and the base64 of an HMAC-SHA256 over
 * {@code id.timestamp.body}.
 *
 * <p>Several secrets give several signatures in one header, so that receivers can change from one to the next at their own
 * time. Thread-safe.
 */
public final class WebhookSigner {
    private final List<SigningKey> keys;
    private final Clock clock;

    /**
     * A signer.
     *
     * @param secrets {@code whsec_} and base64 of 24 to 64 bytes each, at least one
     * @param clock tells the time of each attempt
     * @throws IllegalArgumentException if there is no secret, or one that is none; the message does not show it
     */
    public WebhookSigner(List<Secret> secrets, Clock clock) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a webhook signer needs at least one secret");
        }
        this.keys = secrets.stream().map(SigningKey::of).toList();
        this.clock = clock;
    }

    /**
     * Signs one attempt to deliver an event.
     *
     * @param id the delivery's identity, the same for every attempt: visible ASCII without a full stop
     * @param body the exact bytes that are sent
     * @return the headers to send with it
     * @throws IllegalArgumentException if the identity is not of that form
     */
    public WebhookHeaders sign(String id, byte[] body) {
        if (!WebhookHeaders.isId(id)) {
            throw new IllegalArgumentException(WebhookHeaders.NO_ID + ", was \"" + id + '"');
        }
        long timestamp = clock.instant().getEpochSecond();
        String signatures = keys.stream()
                .map(key -> WebhookVerifier.VERSION
                        + Base64.getEncoder().encodeToString(key.sign(id, Long.toString(timestamp), body)))
                .collect(Collectors.joining(" "));
        return new WebhookHeaders(id, timestamp, signatures);
    }

    /**
     * Makes a new secret.
     *
     * @param random where its 32 bytes come from, {@link java.security.SecureRandom} outside of tests
     * @return {@code whsec_} and base64
     */
    public static Secret newSecret(RandomGenerator random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return Secret.of(SigningKey.PREFIX + Base64.getEncoder().encodeToString(key));
    }
}
