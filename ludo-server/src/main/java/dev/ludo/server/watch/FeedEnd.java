package dev.ludo.server.watch;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.event.CloseCode;
import java.util.Optional;

/**
 * Why nothing is heard of a room any more.
 *
 * @param kind what it is
 * @param code the close code for sockets
 * @param reason why, in words
 * @param cause the failure of the connection, if there was none
 */
public record FeedEnd(Kind kind, int code, String reason, Optional<CallException> cause) {
    /** What an end is. */
    public enum Kind {
        /** The room is closed. */
        CLOSED,
        /** There is no such room. */
        UNKNOWN_ROOM,
        /** The API lets nobody watch. */
        UNSUPPORTED,
        /** The API cannot be reached, or said no. */
        FAILED,
        /** Too many watch the room. */
        FULL,
        /** The proxy ends. */
        DRAINED
    }

    static final FeedEnd CLOSED = of(Kind.CLOSED, 1000, "the room is closed");
    static final FeedEnd UNKNOWN = of(Kind.UNKNOWN_ROOM, CloseCode.NO_SUCH_ROOM.number(), "there is no such room");
    static final FeedEnd UNSUPPORTED = of(Kind.UNSUPPORTED, 4400, "the API lets nobody watch");
    static final FeedEnd LOST = of(Kind.FAILED, 1013, "the connection to the API was lost");
    static final FeedEnd LATE = of(Kind.FAILED, 1013, "the API could not be reached again within 30 s");
    static final FeedEnd UNANSWERED = of(Kind.FAILED, 1013, "the API did not say how the room stands");
    static final FeedEnd REFUSED = of(Kind.FAILED, 1013, "the API lets nobody watch this room now");
    static final FeedEnd FULL = of(Kind.FULL, 1013, "too many watch this room");
    static final FeedEnd BROKEN = of(Kind.FAILED, 1011, "internal error");
    static final FeedEnd DRAINED = of(Kind.DRAINED, 1001, "the proxy is shutting down");

    private static FeedEnd of(Kind kind, int code, String reason) {
        return new FeedEnd(kind, code, reason, Optional.empty());
    }

    /** By the close of an API that said that nobody is to come back. */
    static FeedEnd of(LegEnd close) {
        return switch (CloseCode.of(close.code())) {
            case NORMAL -> CLOSED;
            case NO_SUCH_ROOM -> of(Kind.UNKNOWN_ROOM, close.code(), close.reason());
            default -> of(Kind.FAILED, close.code(), close.reason());
        };
    }

    /** By an API that could not be reached, or refused the connection. */
    static FeedEnd of(CallException cause) {
        if (cause instanceof RejectedException no && no.code() == ErrorCode.ROOM_NOT_FOUND) {
            return UNKNOWN;
        }
        return new FeedEnd(Kind.FAILED, 1013, "the API could not be reached", Optional.of(cause));
    }
}
