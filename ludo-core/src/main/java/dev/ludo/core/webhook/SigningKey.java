package dev.ludo.core.webhook;

import dev.ludo.core.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key inside a {@code whsec_} secret, and the one thing that is done with it. */
final class SigningKey {
    static final String PREFIX = "whsec_";

    // Standard Webhooks, "Signature scheme": between 24 and 64 random bytes.
    static final int MIN_BYTES = 24;
    static final int MAX_BYTES = 64;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SigningKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    static SigningKey of(Secret secret) {
        String text = secret.reveal();
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException e) {
            // Not as cause: its message shows a character of the secret.
            throw new IllegalArgumentException("a webhook secret must be whsec_ and base64, was " + secret);
        }
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new IllegalArgumentException("a webhook secret must hold " + MIN_BYTES + " to " + MAX_BYTES
                    + " bytes as base64, " + secret + " holds " + key.length);
        }
        return new SigningKey(key);
    }

    /** The HMAC of {@code id.timestamp.body}. */
    byte[] sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
