package dev.ludo.server.guard;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A request of HTTP/1.0 in the words of HTTP/1.1. Load balancers check by it whether a server lives, and nginx speaks it to
 * servers unless told otherwise. It is served, and its connection is closed after the answer, as was the custom then.
 */
final class OldHead {
    // They mean something else or nothing at all in HTTP/1.0.
    private static final Set<String> DROPPED = Set.of("connection", "keep-alive", "upgrade", "expect");

    private OldHead() {}

    static byte[] renewed(byte[] bytes, int from, int to) {
        String[] lines = new String(bytes, from, to - from - 4, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        StringBuilder head = new StringBuilder(to - from + 64)
                .append(lines[0], 0, lines[0].length() - 1)
                .append("1\r\nConnection: close\r\n");
        boolean host = false;
        for (int i = 1; i < lines.length; i++) {
            String name = lines[i].substring(0, lines[i].indexOf(':')).toLowerCase(Locale.ROOT);
            host |= name.equals("host");
            if (!DROPPED.contains(name)) {
                head.append(lines[i]).append("\r\n");
            }
        }
        if (!host) {
            head.append("Host: localhost\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
