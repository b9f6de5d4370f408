package dev.ludo.server.guard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The name under which a request goes upstream, into the log and back to its caller. */
public final class RequestIds {
    /** The header that carries it, both ways. */
    public static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private RequestIds() {}

    /**
     * The id of a request.
     *
     * @param headers the request's headers
     * @return the caller's own, if it is 1 to 128 of {@code A–Z a–z 0–9 . _ -}, else a fresh one
     */
    public static String of(Headers headers) {
        return headers.first(HEADER).filter(RequestIds::isGood).orElseGet(RequestIds::fresh);
    }

    /**
     * A new id. It need not be hard to guess, only not to come twice.
     *
     * @return 32 hexadecimal digits
     */
    public static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    private static boolean isGood(String id) {
        return !id.isEmpty()
                && id.length() <= 128
                && id.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '_'
                                || c == '-');
    }
}
