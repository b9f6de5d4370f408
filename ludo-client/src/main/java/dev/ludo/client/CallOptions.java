package dev.ludo.client;

import dev.ludo.core.model.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is special about some calls, for {@link LudoClient#with}. Immutable: every method gives new options.
 *
 * @param deadline how long each call may take, instead of the client's deadline
 * @param idempotencyKey the key of each POST, instead of a fresh one
 * @param playerToken the seat on whose behalf calls are made that name none themselves
 * @param sessionToken the player on whose behalf calls are made that name none themselves
 * @param headers further headers
 */
public record CallOptions(
        Optional<Duration> deadline,
        Optional<String> idempotencyKey,
        Optional<Secret> playerToken,
        Optional<Secret> sessionToken,
        Map<String, String> headers) {
    /** Nothing special. */
    public static final CallOptions NONE =
            new CallOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    /** Copies the headers. */
    public CallOptions {
        deadline.ifPresent(value -> Timeouts.positive(value, "deadline"));
        headers = Map.copyOf(headers);
    }

    /**
     * With a deadline.
     *
     * @param total how long a call may take with all its attempts and waits, above zero
     * @return new options
     */
    public CallOptions withDeadline(Duration total) {
        return new CallOptions(Optional.of(total), idempotencyKey, playerToken, sessionToken, headers);
    }

    /**
     * With a key for POSTs, by which the API tells a repetition from a new request.
     *
     * @param key 1 to 255 visible ASCII characters; use it for one request and its repetitions only
     * @return new options
     */
    public CallOptions withIdempotencyKey(String key) {
        return new CallOptions(deadline, Optional.of(key), playerToken, sessionToken, headers);
    }

    /**
     * On behalf of who holds a seat.
     *
     * @param token from {@link dev.ludo.core.model.Joined}
     * @return new options
     */
    public CallOptions withPlayerToken(Secret token) {
        return new CallOptions(deadline, idempotencyKey, Optional.of(token), sessionToken, headers);
    }

    /**
     * On behalf of who holds a session.
     *
     * @param token from {@link dev.ludo.core.model.Registration}
     * @return new options
     */
    public CallOptions withSessionToken(Secret token) {
        return new CallOptions(deadline, idempotencyKey, playerToken, Optional.of(token), headers);
    }

    /**
     * With a header.
     *
     * @param name its name
     * @param value its value: visible ASCII and spaces
     * @return new options
     */
    public CallOptions withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new CallOptions(deadline, idempotencyKey, playerToken, sessionToken, more);
    }

    /** The request with these options where it has none of its own. */
    ApiRequest applyTo(ApiRequest request) {
        ApiRequest out = request;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            out = out.header(header.getKey()).isPresent() ? out : out.header(header.getKey(), header.getValue());
        }
        if (deadline.isPresent() && out.deadline().isEmpty()) {
            out = out.deadline(deadline.get());
        }
        if (idempotencyKey.isPresent()
                && out.method().equals("POST")
                && out.idempotencyKey().isEmpty()) {
            out = out.idempotencyKey(idempotencyKey.get());
        }
        if (playerToken.isPresent() && out.header("X-Player-Token").isEmpty()) {
            out = out.playerToken(playerToken.get());
        }
        if (sessionToken.isPresent() && out.header("X-Session-Token").isEmpty()) {
            out = out.sessionToken(sessionToken.get());
        }
        return out;
    }
}
