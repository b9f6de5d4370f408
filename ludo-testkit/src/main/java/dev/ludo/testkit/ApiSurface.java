package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The API itself, below {@code /v1}: checks the key, counts the call, sees to idempotency and the tokens, and passes on to
 * the routes. All but {@code /v1/health} needs the key.
 */
final class ApiSurface {
    private final ApiKey key;
    private final RateLimiter limiter;
    private final Idempotency idempotency;
    private final Scripts scripts;
    private final RouteTable routes;
    private final UnaryOperator<Answer> finish;

    ApiSurface(
            ApiKey key,
            RateLimiter limiter,
            Idempotency idempotency,
            Scripts scripts,
            World world,
            boolean attestedOnly) {
        this.key = key;
        this.limiter = limiter;
        this.idempotency = idempotency;
        this.scripts = scripts;
        RouteTable whole = ApiRoutes.of(world);
        this.routes = attestedOnly ? Attested.routes(whole) : whole;
        this.finish = attestedOnly ? Attested::stripped : UnaryOperator.identity();
    }

    Answer serve(Call call) {
        return finish.apply(checked(call));
    }

    private Answer checked(Call call) {
        boolean open = call.path().equals(ApiRoutes.HEALTH) && call.method().equals("GET");
        if (!open && !key.opens(call.header("Authorization"))) {
            return limited(call, limiter.look(), this::keyMissing).with("WWW-Authenticate", "Bearer");
        }
        return limited(call, open ? limiter.look() : limiter.take(), this::routed);
    }

    private Answer keyMissing(Call call) {
        throw ApiKey.failure(call.header("Authorization"));
    }

    private Answer limited(Call call, RateLimiter.Standing standing, Function<Call, Answer> work) {
        if (limiter.isOff()) {
            return Failures.caught(call.requestId(), () -> work.apply(call));
        }
        Answer answer = standing.allowed()
                ? Failures.caught(call.requestId(), () -> work.apply(call))
                : tooMany(call, standing);
        return answer.with("X-RateLimit-Limit", Integer.toString(standing.limit()))
                .with("X-RateLimit-Remaining", Integer.toString(standing.remaining()))
                .with("X-RateLimit-Reset", Long.toString(standing.resetSeconds()))
                // What time it is by the clock that the hints are times of.
                .with("Date", standing.date());
    }

    private static Answer tooMany(Call call, RateLimiter.Standing standing) {
        long wait = standing.retryAfterSeconds();
        return Failures.caught(call.requestId(), () -> {
                    throw ApiFailure.of(
                            ErrorCode.RATE_LIMITED,
                            "more than " + standing.limit() + " calls a minute; try again in " + wait + " s");
                })
                .with("Retry-After", Long.toString(wait));
    }

    private Answer routed(Call call) {
        if (!call.method().equals("POST")) {
            return served(call);
        }
        Optional<String> wanted = call.header("Idempotency-Key");
        if (wanted.isEmpty()) {
            return served(call);
        }
        requireWellFormed(wanted.get());
        String scope = String.join("\n", key.secret().reveal(), call.method(), call.path(), wanted.get());
        return idempotency.once(scope, call.body(), () -> Failures.caught(call.requestId(), () -> served(call)));
    }

    /** What was scripted for the call, or else what the rules say. */
    private Answer served(Call call) {
        return scripts.next(call.method(), call.path()).orElseGet(() -> routes.serve(call));
    }

    private static void requireWellFormed(String key) {
        if (key.isEmpty() || key.length() > 255 || !key.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new InvalidRequestException(
                    List.of(new FieldError("Idempotency-Key", "must be 1 to 255 printable ASCII characters")));
        }
    }
}
