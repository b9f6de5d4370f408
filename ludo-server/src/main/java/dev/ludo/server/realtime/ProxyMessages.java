package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What the proxy itself tells a client. */
final class ProxyMessages {
    private ProxyMessages() {}

    /** The API's side is lost, and is tried to be had again. */
    static byte[] reconnecting(int attempt) {
        return ("{\"type\":\"proxy:reconnecting\",\"data\":{\"attempt\":" + attempt + "}}").getBytes(US_ASCII);
    }

    /** The API's side is there again; a number that is negative is not known. */
    static byte[] resumed(long seq, boolean resumed) {
        String known = seq < 0 ? "" : "\"seq\":" + seq + ',';
        return ("{\"type\":\"proxy:resumed\",\"data\":{" + known + "\"resumed\":" + resumed + "}}").getBytes(US_ASCII);
    }
}
