package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Secret;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Session tokens: JSON Web Tokens signed with HMAC-SHA256, good for a day. Only tokens of this issuer are taken. */
final class SessionTokens {
    /** How long a session lasts. */
    static final Duration LIFE = Duration.ofHours(24);

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = ENCODER.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));

    private final SecretKeySpec key;
    private final String issuer;
    private final InstantSource clock;

    SessionTokens(byte[] key, String issuer, InstantSource clock) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.issuer = issuer;
        this.clock = clock;
    }

    Secret issue(PlayerId player) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", player.value());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        String signed =
                HEADER + '.' + ENCODER.encodeToString(LudoJson.write(claims).getBytes(UTF_8));
        return Secret.of(signed + '.' + signature(signed));
    }

    /** Whose session it is; empty for a token that is forged, of another issuer, or too old. */
    Optional<PlayerId> verify(Secret token) {
        String text = token.reveal();
        int end = text.lastIndexOf('.');
        // A token with another header, such as one that says "none", is not one of ours.
        if (!text.startsWith(HEADER + '.') || end <= HEADER.length()) {
            return Optional.empty();
        }
        String signed = text.substring(0, end);
        if (!MessageDigest.isEqual(
                signature(signed).getBytes(UTF_8), text.substring(end + 1).getBytes(UTF_8))) {
            return Optional.empty();
        }
        try {
            return subject(LudoJson.parseObject(Base64.getUrlDecoder().decode(signed.substring(HEADER.length() + 1))));
        } catch (IllegalArgumentException | MalformedJsonException e) {
            throw new IllegalStateException("what this key signed can be read", e);
        }
    }

    private Optional<PlayerId> subject(JsonObject claims) {
        boolean good = claims.get("iss") instanceof JsonString iss
                && iss.getString().equals(issuer)
                && claims.get("exp") instanceof JsonNumber exp
                && clock.instant().getEpochSecond() < exp.longValue();
        return good ? Optional.of(PlayerId.of(claims.getString("sub"))) : Optional.empty();
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return ENCODER.encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
