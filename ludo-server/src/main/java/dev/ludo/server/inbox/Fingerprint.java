package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * By what an id is known again: 127 bits of its SHA-256, of which the lowest is set, so that it is never 0.
 *
 * @param high the first half
 * @param low the second half
 */
public record Fingerprint(long high, long low) {
    /**
     * Takes an id's.
     *
     * @param id the id
     * @return its fingerprint
     */
    public static Fingerprint of(String id) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8)));
            return new Fingerprint(digest.getLong(), digest.getLong() | 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
