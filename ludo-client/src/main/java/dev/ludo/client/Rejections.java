package dev.ludo.client;

import dev.ludo.client.http.RateLimit;
import dev.ludo.client.http.RetryAfter;
import dev.ludo.core.error.CallDetails;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.json.Envelope;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What an answer that is no success says. */
final class Rejections {
    /** The longest body that is looked at; the transport reads no longer ones. */
    static final int MAX_BODY = 1024 * 1024;

    private Rejections() {}

    static RejectedException of(
            ApiRequest request, int status, Headers headers, byte[] body, int attempts, Clock clock) {
        Failure failure = Envelope.readFailure(body, MAX_BODY);
        Optional<String> requestId = failure.requestId()
                .or(() -> headers.first(HeaderNames.create("X-Request-Id")))
                .or(() -> request.header("X-Request-Id"));
        CallDetails call =
                new CallDetails(request.method(), request.path(), attempts, requestId, hint(status, headers, clock));
        return new RejectedException(call, status, failure);
    }

    /** How long the API asks to wait: by {@code Retry-After}, or until its rate limit is renewed if that was the reason. */
    static Optional<Duration> hint(int status, Headers headers, Clock clock) {
        Optional<Duration> asked = RetryAfter.of(headers, clock);
        return asked.isEmpty() && status == 429 ? RateLimit.renewedIn(headers, clock) : asked;
    }
}
