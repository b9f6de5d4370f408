package dev.ludo.server.guard;

import dev.ludo.core.error.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Tells who calls: by one of the proxy's own bearer tokens, by a signed token, or by where the call comes from. Thread-safe. */
public final class CallerAuth {
    private final List<byte[]> tokens;
    private final Optional<JwtVerifier> signed;
    private final ClientAddress addresses;

    /**
     * Knows which tokens are good. Without any, everybody may call.
     *
     * @param config which are, and whose word is taken for where a call comes from
     * @param clock the clock by which signed tokens expire
     */
    public CallerAuth(GuardConfig config, Clock clock) {
        this.tokens = config.proxyTokens().stream()
                .map(token -> digest(token.reveal()))
                .toList();
        this.signed = config.jwt().map(jwt -> new JwtVerifier(jwt, clock));
        this.addresses = new ClientAddress(config.trustedProxies());
    }

    /**
     * Tells who calls.
     *
     * @param request the request
     * @param open whether the route is for everybody
     * @return the caller
     * @throws Refusal if a token is needed and none, or a wrong one, was shown
     */
    public Caller identify(ServerRequest request, boolean open) {
        return identify(
                bearer(request.headers()),
                request.headers(),
                request.remotePeer().address(),
                open);
    }

    /**
     * Tells who calls.
     *
     * @param token the bearer token that was shown, if any was
     * @param headers the request's headers
     * @param peer who is at the other end of the connection
     * @param open whether the route is for everybody
     * @return the caller
     * @throws Refusal if a token is needed and none, or a wrong one, was shown
     */
    public Caller identify(Optional<String> token, Headers headers, SocketAddress peer, boolean open) {
        boolean everybody = tokens.isEmpty() && signed.isEmpty();
        Optional<byte[]> shown = everybody ? Optional.empty() : token.map(CallerAuth::digest);
        if (shown.isPresent()) {
            String digest = HexFormat.of().formatHex(shown.get());
            if (isKnown(shown.get())) {
                return new Caller("token " + digest, "token " + digest, true);
            }
            Optional<String> identity = signed.flatMap(verifier -> verifier.identity(token.get(), digest));
            if (identity.isPresent()) {
                return new Caller(identity.get(), identity.get(), false);
            }
        }
        if (everybody || open) {
            return stranger(headers, peer);
        }
        throw Refusal.of(
                        ErrorCode.UNAUTHORIZED,
                        shown.isPresent() ? "The bearer token is not good." : "This proxy needs a bearer token.")
                .with("WWW-Authenticate", shown.isPresent() ? "Bearer error=\"invalid_token\"" : "Bearer");
    }

    /**
     * A caller by where the call comes from alone.
     *
     * @param headers the request's headers
     * @param peer who is at the other end of the connection
     * @return the caller, who is not verified
     */
    public Caller stranger(Headers headers, SocketAddress peer) {
        String address = addresses.of(peer, headers);
        return new Caller("address " + address, "address " + ClientAddress.network(address), false);
    }

    /**
     * The bearer token of a request.
     *
     * @param headers the request's headers
     * @return the token, if there is one
     */
    public static Optional<String> bearer(Headers headers) {
        return headers.first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    // All are compared, each in constant time: how long it takes says nothing about any of them.
    private boolean isKnown(byte[] shown) {
        boolean known = false;
        for (byte[] token : tokens) {
            known |= MessageDigest.isEqual(token, shown);
        }
        return known;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
