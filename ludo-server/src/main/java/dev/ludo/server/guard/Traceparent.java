package dev.ludo.server.guard;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Optional;
import java.util.regex.Pattern;

/** The trace that a request belongs to, by W3C Trace Context, section 3.2. */
public final class Traceparent {
    private static final HeaderName NAME = HeaderNames.create("traceparent");
    private static final int LONGEST = 256;

    // Version, trace id, parent id, flags; ids are not all zero, there is no version ff, and those after 00 may append.
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)(?:00(?=.{53}$)|(?!00)[0-9a-f]{2})-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[ -~]*)?");

    private Traceparent() {}

    /**
     * What a request says of its trace.
     *
     * @param headers the request's headers
     * @return the header's value, if it is well-formed
     */
    public static Optional<String> of(Headers headers) {
        return headers.first(NAME)
                .map(String::strip)
                .filter(value ->
                        value.length() <= LONGEST && FORM.matcher(value).matches());
    }
}
