package dev.ludo.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookVerification.Verified;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The signatures against the reference library of the specification, both ways. The seed is the round's number. */
class ReferenceWebhookTest {
    private static final int ROUNDS = Boolean.getBoolean("ludo.soak") ? 5_000 : 500;
    // The reference has no clock but the machine's.
    private final Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
    private final Clock clock = Clock.fixed(now, ZoneOffset.UTC);

    @Test
    void theReferenceTakesWhatIsSignedHere() throws WebhookVerificationException, EmptyWebhookSecretException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Delivery delivery = Delivery.random(seed);
            Map<String, String> headers = new WebhookSigner(List.of(Secret.of(delivery.secret)), clock)
                    .sign(delivery.id, delivery.body.getBytes(UTF_8))
                    .asMap();
            Webhook reference = new Webhook(delivery.secret);
            reference.verify(delivery.body, map(headers));
            assertThrows(
                    WebhookVerificationException.class,
                    () -> reference.verify(delivery.body + ' ', map(headers)),
                    "seed " + seed);
        }
    }

    @Test
    void whatTheReferenceSignsIsTakenHere() throws WebhookSigningException, EmptyWebhookSecretException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Delivery delivery = Delivery.random(seed);
            String signature = new Webhook(delivery.secret).sign(delivery.id, now.getEpochSecond(), delivery.body);
            Map<String, String> headers = new WebhookHeaders(delivery.id, now.getEpochSecond(), signature).asMap();
            WebhookVerifier verifier = new WebhookVerifier(List.of(Secret.of(delivery.secret)), clock);
            assertThat(
                    "seed " + seed,
                    verifier.verify(name -> Optional.ofNullable(headers.get(name)), delivery.body.getBytes(UTF_8)),
                    is(new Verified(delivery.id, now)));
            assertThat(
                    "seed " + seed,
                    verifier.verify(
                            name -> Optional.ofNullable(headers.get(name)), (delivery.body + ' ').getBytes(UTF_8)),
                    instanceOf(WebhookVerification.Rejected.class));
        }
    }

    private static Map<String, List<String>> map(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    }

    private record Delivery(String secret, String id, String body) {
        static Delivery random(int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] key = new byte[24 + random.nextInt(41)];
            random.nextBytes(key);
            String body = random.ints(random.nextInt(300), 0, 0x11000)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            return new Delivery(
                    (random.nextBoolean() ? "whsec_" : "") + Base64.getEncoder().encodeToString(key),
                    "msg_" + Long.toHexString(random.nextLong()),
                    body);
        }
    }
}
