package dev.ludo.core.error;

/** The word for programs in a failure, and the HTTP status that it comes with. */
public enum ErrorCode {
    /** The body is not a JSON object. */
    MALFORMED_REQUEST(400),
    /** The API key, or the proxy's own token, is missing or wrong. */
    UNAUTHORIZED(401),
    /** A token is missing or wrong, or the plan does not allow the call. */
    FORBIDDEN(403),
    /** There is no such route. */
    NOT_FOUND(404),
    /** There is no such room. */
    ROOM_NOT_FOUND(404),
    /** There is no such game. */
    GAME_NOT_FOUND(404),
    /** There is no such player. */
    PLAYER_NOT_FOUND(404),
    /** The route does not know the method. */
    METHOD_NOT_ALLOWED(405),
    /** All seats are taken. */
    ROOM_FULL(409),
    /** The room is closed. */
    ROOM_CLOSED(409),
    /** The game has started. */
    ALREADY_STARTED(409),
    /** A game needs two players at least. */
    NOT_ENOUGH_PLAYERS(409),
    /** Another player is to act. */
    NOT_YOUR_TURN(409),
    /** A move came before its roll. */
    ROLL_FIRST(409),
    /** A roll came while a move is due. */
    MOVE_FIRST(409),
    /** The rules do not allow the move. */
    ILLEGAL_MOVE(409),
    /** The game has ended. */
    GAME_OVER(409),
    /** The idempotency key was used with another body. */
    IDEMPOTENCY_CONFLICT(409),
    /** The body is too large. */
    PAYLOAD_TOO_LARGE(413),
    /** The body is not declared as JSON. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** The proxy: the route is a WebSocket, and the request no upgrade. */
    UPGRADE_REQUIRED(426),
    /** A field has the wrong type, range or form; the details name each. */
    VALIDATION_FAILED(422),
    /** Too many calls; try again later. */
    RATE_LIMITED(429),
    /** The API failed. */
    INTERNAL(500),
    /** The proxy: the API does not offer what is asked for. */
    NOT_SUPPORTED(501),
    /** The proxy: the API refused the proxy's key. */
    UPSTREAM_AUTH(502),
    /** The proxy: the API failed, could not be reached or could not be understood. */
    UPSTREAM_ERROR(502),
    /** The API cannot serve for now. */
    UNAVAILABLE(503),
    /** The proxy: the API is not asked for now. */
    UPSTREAM_UNAVAILABLE(503),
    /** The proxy: the API did not answer in time. */
    UPSTREAM_TIMEOUT(504),
    /** A code that this version does not know, or none. */
    UNKNOWN(500);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /**
     * The constant for a code on the wire.
     *
     * @param code the code as it came
     * @return the constant, or {@link #UNKNOWN}
     */
    public static ErrorCode of(String code) {
        for (ErrorCode known : values()) {
            if (known.name().equals(code)) {
                return known;
            }
        }
        return UNKNOWN;
    }

    /**
     * The HTTP status that goes with it.
     *
     * @return 400 to 504
     */
    public int status() {
        return status;
    }
}
