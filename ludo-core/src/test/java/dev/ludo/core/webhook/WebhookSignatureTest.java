package dev.ludo.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookVerification.Reason;
import dev.ludo.core.webhook.WebhookVerification.Rejected;
import dev.ludo.core.webhook.WebhookVerification.Verified;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing and verifying deliveries, with the failures that a receiver meets. */
class WebhookSignatureTest {
    // The specification's own example.
    private static final Secret EXAMPLE = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final Secret OTHER = WebhookSigner.newSecret(new SplittableRandom(7));
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

    @Test
    void theExampleOfTheSpecificationIsSignedAsItSays() {
        WebhookHeaders headers = signer(EXAMPLE).sign(ID, BODY);
        assertThat(
                headers.asMap(),
                is(Map.of(
                        "webhook-id", ID,
                        "webhook-timestamp", "1614265330",
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")));
        assertThat(verify(headers.asMap(), BODY, NOW, EXAMPLE), is(new Verified(ID, NOW)));
    }

    @Test
    void anyActiveSecretWillDoOnEitherSide() {
        Map<String, String> both = signer(EXAMPLE, OTHER).sign(ID, BODY).asMap();
        assertThat(verify(both, BODY, NOW, EXAMPLE), instanceOf(Verified.class));
        assertThat(verify(both, BODY, NOW, OTHER), instanceOf(Verified.class));
        Map<String, String> one = signer(OTHER).sign(ID, BODY).asMap();
        assertThat(verify(one, BODY, NOW, EXAMPLE, OTHER), instanceOf(Verified.class));
        assertThat(reason(one, BODY, NOW, EXAMPLE), is(Reason.WRONG_SIGNATURE));
    }

    @Test
    void whatIsNoSignatureOfVersionOneIsPassedOver() {
        Map<String, String> headers = signed();
        String good = headers.getOrDefault("webhook-signature", "");
        headers.put("webhook-signature", "v1a,AAAA v1,!!! v1,AAAA  v2,zzz " + good + " ");
        assertThat(verify(headers, BODY, NOW, EXAMPLE), instanceOf(Verified.class));
        headers.put("webhook-signature", good.replace("v1,", "v1a,") + " v1,AAAA");
        assertThat(reason(headers, BODY, NOW, EXAMPLE), is(Reason.MALFORMED_SIGNATURE));
    }

    @ParameterizedTest
    @CsvSource({"-301, TOO_OLD", "-300,", "0,", "300,", "301, TOO_NEW"})
    void theTimeMayDifferByFiveMinutesEitherWay(long offset, Reason reason) {
        WebhookVerification result = verify(
                new WebhookSigner(List.of(EXAMPLE), at(NOW.plusSeconds(offset)))
                        .sign(ID, BODY)
                        .asMap(),
                BODY,
                NOW,
                EXAMPLE);
        assertThat(result instanceof Rejected rejected ? rejected.reason() : null, is(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now",
                "1614265330.5",
                "-1614265330",
                "+1614265330",
                "99999999999999999999",
                " 1614265330",
                "16142653३0"
            })
    void aTimeThatIsNoNumberIsRejected(String timestamp) {
        Map<String, String> headers = signed();
        headers.put("webhook-timestamp", timestamp);
        assertThat(reason(headers, BODY, NOW, EXAMPLE), is(Reason.MALFORMED_TIMESTAMP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void everyHeaderIsNeeded(String header) {
        Map<String, String> headers = signed();
        headers.remove(header);
        Rejected gone = (Rejected) verify(headers, BODY, NOW, EXAMPLE);
        assertThat(gone, is(new Rejected(Reason.MISSING_HEADER, header + " is missing")));
        headers.put(header, "");
        assertThat(reason(headers, BODY, NOW, EXAMPLE), is(Reason.MISSING_HEADER));
    }

    @Test
    void everyChangedBitIsNoticed() {
        Map<String, String> headers = signed();
        for (int bit = 0; bit < BODY.length * 8; bit++) {
            byte[] changed = BODY.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat("bit " + bit, reason(headers, changed, NOW, EXAMPLE), is(Reason.WRONG_SIGNATURE));
        }
        byte[] signature = Base64.getDecoder()
                .decode(headers.getOrDefault("webhook-signature", "").substring(3));
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(changed));
            assertThat("bit " + bit, reason(headers, BODY, NOW, EXAMPLE), is(Reason.WRONG_SIGNATURE));
        }
        headers = signed();
        headers.put("webhook-id", ID + "x");
        assertThat(reason(headers, BODY, NOW, EXAMPLE), is(Reason.WRONG_SIGNATURE));
        headers = signed();
        headers.put("webhook-timestamp", "1614265331");
        assertThat(reason(headers, BODY, NOW, EXAMPLE), is(Reason.WRONG_SIGNATURE));
        headers.put("webhook-timestamp", "01614265330");
        assertThat(reason(headers, BODY, NOW, EXAMPLE), is(Reason.WRONG_SIGNATURE));
    }

    @Test
    void theBodyIsBounded() {
        byte[] fits = new byte[WebhookVerifier.MAX_BODY];
        Arrays.fill(fits, (byte) ' ');
        assertThat(verify(signer(EXAMPLE).sign(ID, fits).asMap(), fits, NOW, EXAMPLE), instanceOf(Verified.class));
        byte[] more = Arrays.copyOf(fits, fits.length + 1);
        assertThat(reason(signer(EXAMPLE).sign(ID, more).asMap(), more, NOW, EXAMPLE), is(Reason.BODY_TOO_LARGE));
    }

    @Test
    void aSecretIsBase64Of24To64BytesAndIsNotShown() {
        for (String bad : List.of(
                "whsec_", "whsec_c2hvcnQ=", "whsec_%%%canary%%%canary%%%canary%%%", secretOf(23), secretOf(65))) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> signer(Secret.of(bad)), bad);
            assertThat(e.getMessage(), not(containsString(bad)));
            assertThrows(IllegalArgumentException.class, () -> new WebhookVerifier(List.of(Secret.of(bad)), at(NOW)));
        }
        for (int length : new int[] {24, 64}) {
            Secret secret = Secret.of(secretOf(length));
            assertThat(verify(signer(secret).sign(ID, BODY).asMap(), BODY, NOW, secret), instanceOf(Verified.class));
        }
        assertThrows(IllegalArgumentException.class, () -> new WebhookSigner(List.of(), at(NOW)));
        assertThrows(IllegalArgumentException.class, () -> new WebhookVerifier(List.of(), at(NOW)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "a\nb", "ä"})
    void anIdThatCouldBeReadTwoWaysIsNotSigned(String id) {
        assertThrows(IllegalArgumentException.class, () -> signer(EXAMPLE).sign(id, BODY));
    }

    // Whoever has seen a delivery could else have it taken for another one, whose id ends where a time begins.
    @ParameterizedTest
    @ValueSource(strings = {"a.b", "msg_1.1614265330", "a b", "a\nb", "ä"})
    void anIdThatCouldBeReadTwoWaysIsRejected(String id) {
        Map<String, String> headers = signed();
        headers.put("webhook-id", id);
        assertThat(reason(headers, BODY, NOW, EXAMPLE), is(Reason.MALFORMED_ID));
    }

    @Test
    void newSecretsAreGoodAndDiffer() {
        SplittableRandom random = new SplittableRandom(1);
        List<Secret> secrets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            secrets.add(WebhookSigner.newSecret(random));
        }
        assertThat(secrets.stream().distinct().count(), is(20L));
        assertThat(
                verify(signer(secrets.get(3)).sign(ID, BODY).asMap(), BODY, NOW, secrets.toArray(Secret[]::new)),
                instanceOf(Verified.class));
    }

    @Test
    void theToleranceCanBeChosen() {
        WebhookVerifier strict = new WebhookVerifier(List.of(EXAMPLE), at(NOW.plusSeconds(2)), Duration.ofSeconds(1));
        Map<String, String> headers = signed();
        Rejected late = (Rejected) strict.verify(name -> Optional.ofNullable(headers.get(name)), BODY);
        assertThat(late.reason(), is(Reason.TOO_OLD));
        assertThrows(
                IllegalArgumentException.class,
                () -> new WebhookVerifier(List.of(EXAMPLE), at(NOW), Duration.ofSeconds(-1)));
    }

    private static String secretOf(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    private static WebhookSigner signer(Secret... secrets) {
        return new WebhookSigner(List.of(secrets), at(NOW));
    }

    private static Map<String, String> signed() {
        return new HashMap<>(signer(EXAMPLE).sign(ID, BODY).asMap());
    }

    private static Reason reason(Map<String, String> headers, byte[] body, Instant now, Secret... secrets) {
        return ((Rejected) verify(headers, body, now, secrets)).reason();
    }

    private static WebhookVerification verify(
            Map<String, String> headers, byte[] body, Instant now, Secret... secrets) {
        return new WebhookVerifier(List.of(secrets), at(now))
                .verify(name -> Optional.ofNullable(headers.get(name)), body);
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
