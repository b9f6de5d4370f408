package dev.ludo.server.guard;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.Secret;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Optional;

/**
 * Who acts in a call: the API trusts the proxy's key for everybody, so the proxy must not lend it to a caller who does not
 * say who they are.
 */
public final class WhoActs {
    private static final HeaderName SESSION = HeaderNames.create("X-Session-Token");
    private static final HeaderName SEAT = HeaderNames.create("X-Player-Token");

    private final boolean trustCallers;

    /**
     * Knows whom to trust.
     *
     * @param trustCallers whether everybody may act without a token of their own
     */
    public WhoActs(boolean trustCallers) {
        this.trustCallers = trustCallers;
    }

    /** What a call demands. */
    public enum Demand {
        /** Nothing. */
        NONE,
        /** A session token, from callers who are not trusted. */
        SESSION,
        /** A player token, from callers who are not trusted. */
        SEAT,
        /** A session token from everybody, because the call means nothing without. */
        SESSION_ALWAYS
    }

    /**
     * The tokens that came with a call.
     *
     * @param session who the player is
     * @param seat which seat is theirs
     */
    public record Tokens(Optional<Secret> session, Optional<Secret> seat) {
        /**
         * Whether there is any.
         *
         * @return whether there is any
         */
        public boolean any() {
            return session.isPresent() || seat.isPresent();
        }
    }

    /**
     * Reads the tokens of a call and holds it to what it demands.
     *
     * @param headers the call's headers
     * @param caller who calls
     * @param demand what the call demands
     * @return the tokens
     * @throws Refusal if a token is missing, or cannot be one
     */
    public Tokens check(Headers headers, Caller caller, Demand demand) {
        Tokens tokens = new Tokens(token(headers, SESSION), token(headers, SEAT));
        boolean trusted = trustCallers || caller.verified();
        switch (demand) {
            case NONE -> {}
            case SESSION -> need(trusted || tokens.session().isPresent(), SESSION);
            case SEAT -> need(trusted || tokens.seat().isPresent(), SEAT);
            case SESSION_ALWAYS -> need(tokens.session().isPresent(), SESSION);
        }
        return tokens;
    }

    private static void need(boolean satisfied, HeaderName header) {
        if (!satisfied) {
            throw Refusal.ofHeader(
                    ErrorCode.FORBIDDEN, "The call must say who acts.", header.defaultCase(), "is required");
        }
    }

    private static Optional<Secret> token(Headers headers, HeaderName name) {
        try {
            return headers.first(name)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .map(Secret::of);
        } catch (IllegalArgumentException e) {
            throw Refusal.ofHeader(ErrorCode.FORBIDDEN, "The token is not valid.", name.defaultCase(), "is no token");
        }
    }
}
