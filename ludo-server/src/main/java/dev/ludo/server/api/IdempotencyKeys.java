package dev.ludo.server.api;

import dev.ludo.core.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The idempotency keys that go upstream. All callers share the proxy's API key there, so a caller's own key is mixed with all
 * that tells the caller from others: nobody can replay the answer of somebody else by guessing a key.
 */
final class IdempotencyKeys {
    private IdempotencyKeys() {}

    static String upstream(Exchange exchange) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, exchange.caller().identity());
            add(digest, exchange.tokens().session().map(Secret::reveal));
            add(digest, exchange.tokens().seat().map(Secret::reveal));
            add(digest, exchange.method());
            add(digest, exchange.path());
            // A caller without a key of its own gets one that never comes again.
            add(digest, exchange.idempotencyKey().orElseGet(dev.ludo.server.guard.RequestIds::fresh));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, Optional<String> part) {
        add(digest, part.map(text -> '+' + text).orElse(""));
    }

    // With its length before it, no part can be mistaken for the end of another.
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
