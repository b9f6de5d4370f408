package dev.ludo.testkit.fault;

import java.nio.charset.StandardCharsets;

/** What can go wrong with a message on a socket, or with the socket, and not with a call. */
public sealed interface MessageFault extends Fault {
    /**
     * The socket is closed with a close frame.
     *
     * @param code the close code, 1000 to 4999, even one that must never be sent
     * @param reason at most 123 bytes
     */
    record Close(int code, String reason) implements MessageFault {
        private static final int LONGEST_REASON = 123;

        /** Checks the code and the reason. */
        public Close {
            Checks.require(code >= 1000 && code <= 4999, "code must be 1000 to 4999, was " + code);
            Checks.require(
                    reason.getBytes(StandardCharsets.UTF_8).length <= LONGEST_REASON,
                    "reason must have at most " + LONGEST_REASON + " bytes");
        }
    }

    /** The socket's connection is closed without a close frame. */
    record Abort() implements MessageFault {}

    /** A ping, the frame, stays without a pong. */
    record NoPong() implements MessageFault {}

    /** A message comes twice. */
    record Duplicate() implements MessageFault {}

    /** A message comes after the one that follows it. */
    record Reorder() implements MessageFault {}

    /** A message, and its {@code seq} if it has one, is lost. */
    record Skip() implements MessageFault {}

    /** A message is no JSON. */
    record Malformed() implements MessageFault {}

    /** A message has more than 64 KiB; one of the server is good JSON all the same, with a field {@code padding}. */
    record Oversize() implements MessageFault {}
}
