package dev.ludo.server.realtime;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.guard.Caller;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.Origins;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.Refusal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Who may open a socket to which room; everything that can be refused is refused here, as plain HTTP. */
final class Admission {
    /** The sub-protocol that is spoken, and the only one that an answer names. */
    static final String PROTOCOL = "ludo.v1";

    private static final String PATH = "/ws/game/";
    private static final String BEARER = "bearer.";
    private static final HeaderName PROTOCOLS = HeaderNames.create("Sec-WebSocket-Protocol");
    private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
    private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");

    private final CallerAuth callers;
    private final Origins origins;
    private final RateLimits limits;

    Admission(CallerAuth callers, Origins origins, RateLimits limits) {
        this.callers = callers;
        this.origins = origins;
        this.limits = limits;
    }

    /** Whether a request is to be upgraded at all (RFC 9110, section 7.8). */
    static boolean asksToUpgrade(Headers headers) {
        return headers.all(HeaderNames.CONNECTION, List::of).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(option -> option.strip().equalsIgnoreCase("upgrade"));
    }

    /** Whether a path is the relay's to answer. */
    static boolean isRelayed(String path) {
        return path.startsWith(PATH) && path.indexOf('/', PATH.length()) < 0;
    }

    /**
     * A client that may come in.
     *
     * @param code the room
     * @param caller who it is
     * @param key the key of its handshake
     * @param protocol whether it offered the sub-protocol
     */
    record Admitted(RoomCode code, Caller caller, String key, boolean protocol) {}

    Admitted check(String path, Headers headers, SocketAddress peer) {
        String code = path.substring(PATH.length());
        if (!RoomCode.isValid(code)) {
            throw Refusal.of(ErrorCode.ROOM_NOT_FOUND, "There is no such room.");
        }
        if (!origins.allows(headers.first(HeaderNames.ORIGIN), headers.first(HeaderNames.HOST))) {
            throw Refusal.ofHeader(ErrorCode.FORBIDDEN, "This page may not connect.", "Origin", "is not allowed");
        }
        List<String> protocols = protocols(headers);
        Caller caller = identify(CallerAuth.bearer(headers).or(() -> bearer(protocols)), headers, peer);
        limits.mayCall(caller);
        limits.mayAskForRoom(caller);
        Optional<String> key = headers.first(KEY).map(String::strip).filter(Admission::isKey);
        if (key.isEmpty() || !headers.first(VERSION).map(String::strip).equals(Optional.of("13"))) {
            throw Refusal.of(ErrorCode.MALFORMED_REQUEST, "This is no WebSocket handshake of version 13.")
                    .with("Sec-WebSocket-Version", "13");
        }
        return new Admitted(RoomCode.of(code), caller, key.get(), protocols.contains(PROTOCOL));
    }

    // Whoever tries tokens is counted by where the calls come from.
    private Caller identify(Optional<String> token, Headers headers, SocketAddress peer) {
        try {
            return callers.identify(token, headers, peer, false);
        } catch (Refusal e) {
            limits.mayCall(callers.stranger(headers, peer));
            throw e;
        }
    }

    private static List<String> protocols(Headers headers) {
        return headers.all(PROTOCOLS, List::of).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
    }

    // A browser cannot set a header on a socket, but it can offer sub-protocols.
    private static Optional<String> bearer(List<String> protocols) {
        return protocols.stream()
                .filter(protocol -> protocol.startsWith(BEARER))
                .findFirst()
                .flatMap(protocol -> decode(protocol.substring(BEARER.length())));
    }

    private static Optional<String> decode(String base64url) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.of(""); // shown, and surely wrong
        }
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
