package dev.ludo.server.realtime;

import dev.ludo.core.model.RoomCode;
import java.time.Duration;
import java.util.Locale;

/**
 * What a relayed socket was.
 *
 * @param requestId the id of its handshake
 * @param room the room
 * @param kind what it was for
 * @param took how long it was open
 * @param up what went from the client to the API
 * @param down what went from the API to the client
 * @param comebacks how often the API's side was lost and came back
 * @param queued how many messages waited for the client at most
 * @param by who ended it
 * @param code the close code of the client's side
 * @param reason the reason of the client's side, in whosever words
 * @param upstreamCode the close code of the API's side
 * @param upstreamReason the reason of the API's side, in whosever words
 */
public record EndedSession(
        String requestId,
        RoomCode room,
        SocketKind kind,
        Duration took,
        Traffic up,
        Traffic down,
        int comebacks,
        int queued,
        EndedBy by,
        int code,
        String reason,
        int upstreamCode,
        String upstreamReason) {

    /** Who ended a socket. */
    public enum EndedBy {
        /** The client. */
        CLIENT,
        /** The API, or that it could not be reached. */
        API,
        /** The proxy: a limit, a fault of the client's, or its own end. */
        PROXY;

        /**
         * Its word in metrics and the log.
         *
         * @return the name in small letters
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What went one way.
     *
     * @param messages how many messages
     * @param bytes how many bytes they had
     */
    public record Traffic(long messages, long bytes) {}
}
