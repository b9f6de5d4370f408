package dev.ludo.server.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire.Answer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that show signed tokens. */
class JwtTest extends ProxyTest {
    private static RSAKey rsa;
    private static RSAKey otherRsa;
    private static ECKey ec;
    private static KeyPair ed;
    private static OctetKeyPair edPublic;

    private StubUpstream issuer;

    @BeforeAll
    static void makeKeys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        otherRsa = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = ed.getPublic().getEncoded();
        edPublic = new OctetKeyPair.Builder(
                        Curve.Ed25519,
                        Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)))
                .keyID("ed-1")
                .build();
    }

    @BeforeEach
    void startIssuer() throws Exception {
        issuer = new StubUpstream();
        publish(new JWKSet(Arrays.asList(rsa.toPublicJWK(), ec.toPublicJWK(), edPublic)));
        JwtConfig config = new JwtConfig(issuer.uri(), "https://issuer.example.com", "ludo");
        restart(usual -> usual.withGuard(GuardConfig.DEFAULT.withJwt(config)));
    }

    private void publish(JWKSet keys) {
        issuer.answers(200, keys.toString());
    }

    @AfterEach
    void stopIssuer() {
        issuer.close();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://issuer.example.com")
                .audience("ludo")
                .subject("canary-subject")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private Answer call(String token) {
        return wire.get("/rooms", "Authorization", "Bearer " + token);
    }

    @Test
    void aTokenOfEachKindIsTaken() throws Exception {
        assertThat(call(signed(rsa, claims().build())).status(), is(200));
        SignedJWT byEc = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec-1").build(), claims().build());
        byEc.sign(new ECDSASigner(ec));
        assertThat(call(byEc.serialize()).status(), is(200));
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.EdDSA).keyID("ed-1").build();
        String input = header.toBase64URL() + "." + claims().build().toPayload().toBase64URL();
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(ed.getPrivate());
        signature.update(input.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(call(input + '.' + Base64URL.encode(signature.sign())).status(), is(200));
        assertThat(issuer.asked().size(), is(1));
    }

    @Test
    void whoeverShowsNoneOrABadOneIsTurnedAway() throws Exception {
        SignedJWT byMac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
        byMac.sign(new MACSigner(rsa.toPublicJWK().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        SignedJWT by384 = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS384).keyID("rsa-1").build(), claims().build());
        by384.sign(new RSASSASigner(rsa));
        SignedJWT critical = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("rsa-1")
                        .criticalParams(java.util.Set.of("odd"))
                        .customParam("odd", 1)
                        .build(),
                claims().build());
        critical.sign(new RSASSASigner(rsa));
        String good = signed(rsa, claims().build());
        Instant now = Instant.now();
        String[] bad = {
            "x",
            "a.b.c",
            good.substring(0, good.lastIndexOf('.') + 1),
            good.substring(0, good.lastIndexOf('.') + 1) + Base64URL.encode(new byte[256]),
            new PlainJWT(claims().build()).serialize(),
            byMac.serialize(),
            by384.serialize(),
            critical.serialize(),
            signed(otherRsa, claims().build()),
            signed(new RSAKey.Builder(otherRsa).keyID("rsa-1").build(), claims().build()),
            signed(rsa, claims().expirationTime(null).build()),
            signed(
                    rsa,
                    claims().expirationTime(Date.from(now.minusSeconds(120))).build()),
            signed(rsa, claims().notBeforeTime(Date.from(now.plusSeconds(120))).build()),
            signed(rsa, claims().issuer("https://evil.example.com").build()),
            signed(rsa, claims().issuer(null).build()),
            signed(rsa, claims().audience("other").build()),
            signed(rsa, claims().audience((String) null).build())
        };
        for (String token : bad) {
            Answer answer = call(token);
            assertThat(token, answer.status(), is(401));
            assertThat(answer.header("WWW-Authenticate"), is(Optional.of("Bearer error=\"invalid_token\"")));
        }
        Answer none = wire.get("/rooms");
        assertThat(none.status(), is(401));
        assertThat(none.header("WWW-Authenticate"), is(Optional.of("Bearer")));
        assertThat(wire.get("/health").status(), is(200));
        assertThat(api.asked().size(), is(0));
    }

    @Test
    void anIssuersNewKeyIsFetchedWhenItIsFirstNamed() throws Exception {
        assertThat(call(signed(rsa, claims().build())).status(), is(200));
        publish(new JWKSet(otherRsa.toPublicJWK()));
        assertThat(call(signed(otherRsa, claims().build())).status(), is(200));
        assertThat(issuer.asked().size(), is(2));
        // and the old one is no longer good
        assertThat(call(signed(rsa, claims().jwtID("another").build())).status(), is(401));
    }

    @Test
    void whileKeysCannotBeFetchedNobodyIsCalledAStranger() throws Exception {
        issuer.answers(302, "", "Location", issuer.uri().toString());
        Answer answer = call(signed(rsa, claims().build()));
        assertThat(answer.status(), is(503));
        assertThat(answer.header("Retry-After"), is(Optional.of("5")));
    }

    @Test
    void aSignedTokenSaysWhoCallsAndNotWhoActs() throws Exception {
        Answer answer = wire.post("/rooms/ROOM1/leave", "", "Authorization", "Bearer " + signed(rsa, claims().build()));
        assertThat(answer.status(), is(403));
        assertThat(answer.text(), not(containsString("canary")));
    }

    @Test
    void aTokenIsNotRememberedLongerThanItIsGood() throws Exception {
        JwtConfig config = new JwtConfig(issuer.uri(), "https://issuer.example.com", "ludo");
        Instant now = Instant.now();
        java.util.concurrent.atomic.AtomicReference<Instant> time =
                new java.util.concurrent.atomic.AtomicReference<>(now);
        JwtVerifier verifier = new JwtVerifier(config, new java.time.Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public java.time.Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time.get();
            }
        });
        String token = signed(
                rsa, claims().expirationTime(Date.from(now.plusSeconds(10))).build());
        assertThat(verifier.identity(token, "d"), is(Optional.of("jwt https://issuer.example.com canary-subject")));
        time.set(now.plus(Duration.ofSeconds(75)));
        assertThat(verifier.identity(token, "d"), is(Optional.empty()));
    }
}
