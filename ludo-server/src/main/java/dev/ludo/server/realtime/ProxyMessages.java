package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What the proxy itself tells a client. */
public final class ProxyMessages {
    private ProxyMessages() {}

    /**
     * The API's side is lost, and is tried to be had again.
     *
     * @param attempt how often it was tried, from 1
     * @return a new message
     */
    public static byte[] reconnecting(int attempt) {
        return ("{\"type\":\"proxy:reconnecting\",\"data\":{\"attempt\":" + attempt + "}}").getBytes(US_ASCII);
    }

    /**
     * The API's side is there again.
     *
     * @param seq the room's highest number now; one that is negative is not known
     * @param resumed whether nothing was missed
     * @return a new message
     */
    public static byte[] resumed(long seq, boolean resumed) {
        String known = seq < 0 ? "" : "\"seq\":" + seq + ',';
        return ("{\"type\":\"proxy:resumed\",\"data\":{" + known + "\"resumed\":" + resumed + "}}").getBytes(US_ASCII);
    }

    /**
     * Something is refused.
     *
     * @param code the word for programs
     * @param sentence why, without quotes in it
     * @param requestId which command, as JSON; empty for none
     * @return a new message
     */
    public static byte[] error(String code, String sentence, String requestId) {
        String id = requestId.isEmpty() ? "" : ",\"requestId\":" + requestId;
        return ("{\"type\":\"error\",\"data\":{\"code\":\"" + code + "\",\"message\":\"" + sentence + '"' + id + "}}")
                .getBytes(UTF_8);
    }

    /** The answer to a ping, with its id as JSON; empty for none. */
    static byte[] pong(String requestId) {
        String id = requestId.isEmpty() ? "" : "\"requestId\":" + requestId;
        return ("{\"type\":\"pong\",\"data\":{" + id + "}}").getBytes(UTF_8);
    }

    /** The answer to a leave. */
    static byte[] left() {
        return "{\"type\":\"room:left\",\"data\":{}}".getBytes(US_ASCII);
    }
}
