package dev.ludo.server.guard;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What browsers are told about pages of other origins (the Fetch standard, section 3.3). Thread-safe. */
public final class Cors {
    /** For how long a browser may remember what it was told before a call. */
    static final int MAX_AGE_SECONDS = 7200;

    private static final String ALLOWED =
            "Authorization, Content-Type, Idempotency-Key, X-Player-Token, X-Session-Token,"
                    + " X-Request-Id, traceparent, Last-Event-ID";
    private static final String EXPOSED = "X-Request-Id, Retry-After, ETag, Idempotent-Replayed, X-RateLimit-Limit,"
            + " X-RateLimit-Remaining, X-RateLimit-Reset";

    private static final HeaderName ASKED_METHOD = HeaderNames.create("Access-Control-Request-Method");
    private static final HeaderName ALLOW_ORIGIN = HeaderNames.create("Access-Control-Allow-Origin");
    private static final Header CREDENTIALS = HeaderValues.createCached("Access-Control-Allow-Credentials", "true");
    private static final Header EXPOSE = HeaderValues.createCached("Access-Control-Expose-Headers", EXPOSED);
    private static final Header ALLOW_HEADERS = HeaderValues.createCached("Access-Control-Allow-Headers", ALLOWED);
    private static final Header MAX_AGE =
            HeaderValues.createCached("Access-Control-Max-Age", Integer.toString(MAX_AGE_SECONDS));

    private final Origins origins;

    /**
     * Knows whose pages may call.
     *
     * @param origins whose
     */
    public Cors(Origins origins) {
        this.origins = origins;
    }

    /**
     * Whether a request asks, before a call, if the call may be made.
     *
     * @param headers the headers of a request with the method OPTIONS
     * @return whether it does
     */
    public static boolean isPreflight(Headers headers) {
        return headers.contains(HeaderNames.ORIGIN) && headers.contains(ASKED_METHOD);
    }

    /**
     * What every answer says.
     *
     * @param request the request's headers
     * @return the headers for the answer; none for a page that may not read it
     */
    public List<Header> answer(Headers request) {
        return allowed(request)
                .map(origin -> List.of(HeaderValues.create(ALLOW_ORIGIN, origin), CREDENTIALS, EXPOSE))
                .orElse(List.of());
    }

    /**
     * What the answer to a preflight says beside.
     *
     * @param request the request's headers
     * @param methods the methods that the route takes, with commas between
     * @return the headers for the answer; none for a page that may not call
     */
    public List<Header> preflight(Headers request, String methods) {
        Optional<String> origin = allowed(request);
        if (origin.isEmpty()) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>(4);
        headers.add(HeaderValues.create("Access-Control-Allow-Methods", methods));
        headers.add(ALLOW_HEADERS);
        headers.add(MAX_AGE);
        return headers;
    }

    private Optional<String> allowed(Headers request) {
        return request.contains(HeaderNames.ORIGIN)
                ? Optional.of(request.get(HeaderNames.ORIGIN).get())
                        .filter(origin -> origins.allowed().contains(origin.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }
}
