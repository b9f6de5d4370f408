package dev.ludo.server.guard;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Tells who calls, by one of the proxy's own bearer tokens if there are any. Thread-safe. */
public final class CallerAuth {
    private final List<byte[]> tokens;
    private final ClientAddress addresses;

    /**
     * Knows the tokens.
     *
     * @param tokens those of which callers must show one; with none of them everybody may call
     * @param trustedProxies whose word is taken for where a call comes from
     */
    public CallerAuth(List<Secret> tokens, Networks trustedProxies) {
        this.tokens = tokens.stream().map(token -> digest(token.reveal())).toList();
        this.addresses = new ClientAddress(trustedProxies);
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
        Optional<byte[]> shown = tokens.isEmpty() ? Optional.empty() : token.map(CallerAuth::digest);
        if (shown.isPresent() && isKnown(shown.get())) {
            String identity = "token " + HexFormat.of().formatHex(shown.get());
            return new Caller(identity, identity, true);
        }
        if (tokens.isEmpty() || open) {
            return stranger(headers, peer);
        }
        throw Refusal.of(
                        ErrorCode.UNAUTHORIZED,
                        shown.isPresent()
                                ? "The bearer token is not one of this proxy's."
                                : "This proxy needs a bearer token.")
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
