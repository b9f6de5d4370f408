package dev.ludo.server.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import dev.ludo.core.error.ErrorCode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks signed tokens (RFC 7519) against the keys that their issuer publishes. Keys are fetched when they are first needed,
 * kept for five minutes, fetched again when a token names one that is not known, and kept for four hours while their issuer cannot be
 * reached. Thread-safe.
 */
final class JwtVerifier {
    private static final System.Logger LOGGER = System.getLogger(JwtVerifier.class.getName());

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    // How far the issuer's clock may be off.
    private static final int SKEW_SECONDS = 60;

    private static final int FETCH_MILLIS = 5000;
    private static final int MAX_KEYS = 256 * 1024;
    private static final Duration OUTAGE = Duration.ofHours(4);

    // A token that was good is taken again without another look at its signature for so long, and until it expires.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    // RFC 8410: what stands before the 32 bytes of an Ed25519 key.
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private record Good(String identity, long expires) {}

    private final JWKSource<SecurityContext> keys;
    private final DefaultJWTClaimsVerifier<SecurityContext> claims;
    private final Clock clock;
    private volatile boolean fetched;
    private final Cache<String, Good> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .build();

    JwtVerifier(JwtConfig config, Clock clock) {
        this.clock = clock;
        this.keys = keys(config);
        this.claims =
                new DefaultJWTClaimsVerifier<>(
                        Set.of(config.audience()),
                        new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
                        Set.of("exp"),
                        Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(SKEW_SECONDS);
    }

    private static JWKSource<SecurityContext> keys(JwtConfig config) {
        try {
            return JWKSourceBuilder.create(config.keys().toURL(), new WithoutRedirects())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("the address of the keys cannot be used: " + config.keys(), e);
        }
    }

    /** Redirects are not followed: keys come from where the operator said, or not at all. */
    private static final class WithoutRedirects extends DefaultResourceRetriever {
        WithoutRedirects() {
            super(FETCH_MILLIS, FETCH_MILLIS, MAX_KEYS);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            HttpURLConnection connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }

    /**
     * Who shows a token.
     *
     * @param token the token
     * @param digest what tells it from others, for one that names nobody
     * @return who it is, or empty if the token is not good
     * @throws Refusal if that cannot be found out now
     */
    Optional<String> identity(String token, String digest) {
        Good known = remembered.getIfPresent(digest);
        if (known != null && known.expires() > clock.millis()) {
            return Optional.of(known.identity());
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!isSigned(jwt)) {
                return Optional.empty();
            }
            JWTClaimsSet said = jwt.getJWTClaimsSet();
            claims.verify(said, null);
            String subject = said.getSubject();
            String identity =
                    "jwt " + said.getIssuer() + ' ' + (subject == null || subject.isEmpty() ? digest : subject);
            remembered.put(
                    digest,
                    new Good(identity, said.getExpirationTime().toInstant().toEpochMilli() + SKEW_SECONDS * 1000L));
            return Optional.of(identity);
        } catch (RateLimitReachedException e) {
            // A key that is not known is not looked for again and again. Before any is known, it is the issuer that is
            // away.
            if (fetched) {
                return Optional.empty();
            }
            throw cannotCheck(e);
        } catch (KeySourceException e) {
            throw cannotCheck(e);
        } catch (ParseException | BadJWTException | JOSEException | GeneralSecurityException e) {
            LOGGER.log(Level.DEBUG, "a token is not good: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Refusal cannotCheck(KeySourceException e) {
        LOGGER.log(Level.WARNING, "the keys of tokens cannot be fetched: " + e.getMessage());
        return Refusal.of(ErrorCode.UNAVAILABLE, "Tokens cannot be checked now.")
                .with("Retry-After", "5");
    }

    private boolean isSigned(SignedJWT jwt) throws JOSEException, GeneralSecurityException {
        var header = jwt.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm()) || header.getCriticalParams() != null) {
            return false;
        }
        List<JWK> named = keys.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
        fetched = true;
        for (JWK key : named) {
            if (isSignedBy(jwt, key)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSignedBy(SignedJWT jwt, JWK key) throws JOSEException, GeneralSecurityException {
        return switch (key) {
            case RSAKey rsa -> jwt.verify(new RSASSAVerifier(rsa.toRSAPublicKey()));
            case ECKey ec -> jwt.verify(new ECDSAVerifier(ec));
            case OctetKeyPair pair when Curve.Ed25519.equals(pair.getCurve()) -> isSignedBy(jwt, pair);
            default -> false;
        };
    }

    // By the platform; the library would need another library for it.
    private static boolean isSignedBy(SignedJWT jwt, OctetKeyPair pair) throws GeneralSecurityException {
        byte[] x = pair.getDecodedX();
        byte[] encoded = new byte[ED25519.length + x.length];
        System.arraycopy(ED25519, 0, encoded, 0, ED25519.length);
        System.arraycopy(x, 0, encoded, ED25519.length, x.length);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        signature.update(jwt.getSigningInput());
        return signature.verify(jwt.getSignature().decode());
    }
}
