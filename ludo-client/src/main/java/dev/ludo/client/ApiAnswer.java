package dev.ludo.client;

import dev.ludo.client.http.HttpCaller;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.RejectedException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The API's answer as it came: status, headers and bytes. For those who pass it on, and for calls that have no record here.
 *
 * <p>Immutable, but for the array, which is not copied: it belongs to whoever asked.
 */
public final class ApiAnswer {
    private final HttpCaller.Answer answer;
    private final int attempts;
    private final List<CallException> earlier;
    private final Clock clock;

    ApiAnswer(HttpCaller.Answer answer, int attempts, List<CallException> earlier, Clock clock) {
        this.answer = answer;
        this.attempts = attempts;
        this.earlier = earlier;
        this.clock = clock;
    }

    /**
     * The HTTP status.
     *
     * @return 200 to 599
     */
    public int status() {
        return answer.status();
    }

    /**
     * Whether the API did what was asked.
     *
     * @return whether the status is 200 to 299
     */
    public boolean isSuccess() {
        return answer.status() >= 200 && answer.status() < 300;
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its first value, if it is there
     */
    public Optional<String> header(String name) {
        return answer.headers().first(HeaderNames.create(name));
    }

    /**
     * All headers. Those that describe how a packed body was packed are gone with the packing.
     *
     * @return the values by name; the names are found in any case
     */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> out = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : answer.headers()) {
            out.put(header.name(), List.copyOf(header.allValues()));
        }
        return out;
    }

    /**
     * The body.
     *
     * @return the bytes themselves, not a copy; empty if there is none
     */
    public byte[] body() {
        return answer.body();
    }

    /**
     * How often the call was sent.
     *
     * @return 1 if it was not tried again
     */
    public int attempts() {
        return attempts;
    }

    /**
     * Why it was tried again.
     *
     * @return the failures of the attempts before, in order, and at the end what stopped further ones, if anything did
     */
    public List<CallException> earlier() {
        return List.copyOf(earlier);
    }

    /**
     * How long the API asks to wait before the next try.
     *
     * @return the wait from when it answered on, if the answer names one
     */
    public Optional<Duration> retryAfter() {
        return Rejections.hint(answer.status(), answer.headers(), clock);
    }

    /** This answer as the failure of a request. */
    RejectedException rejectionOf(ApiRequest request) {
        RejectedException rejection =
                Rejections.of(request, answer.status(), answer.headers(), answer.body(), attempts, clock);
        earlier.forEach(rejection::addSuppressed);
        return rejection;
    }
}
