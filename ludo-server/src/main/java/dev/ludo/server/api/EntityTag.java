package dev.ludo.server.api;

import io.helidon.http.HeaderNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells a caller who has an answer already that it is still good. */
final class EntityTag {
    private EntityTag() {}

    /** The tag of these bytes, in quotes. */
    static String of(byte[] bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes);
        return of(digest);
    }

    /** A digest to be updated with bytes of which not all are in memory. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The tag of what was digested, in quotes. */
    static String of(MessageDigest digested) {
        String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(digested.digest());
        return '"' + tag.substring(0, 22) + '"';
    }

    /** The answer, or 304 to a caller who has it. */
    static Reply reply(Exchange exchange, String tag, Supplier<Reply> whole) {
        Reply reply = isKnown(exchange, tag) ? Reply.empty(304) : whole.get();
        return reply.with(HeaderNames.ETAG, tag);
    }

    // RFC 9110, section 13.1.2: a list of tags, compared weakly, or a star.
    private static boolean isKnown(Exchange exchange, String tag) {
        Optional<String> known = exchange.header(HeaderNames.IF_NONE_MATCH);
        if (known.isEmpty()) {
            return false;
        }
        for (String one : known.get().split(",", -1)) {
            String bare = one.strip();
            if (bare.equals("*") || (bare.startsWith("W/") ? bare.substring(2) : bare).equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
