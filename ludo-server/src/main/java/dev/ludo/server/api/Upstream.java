package dev.ludo.server.api;

import dev.ludo.client.ApiAnswer;
import dev.ludo.client.ApiRequest;
import dev.ludo.client.LudoClient;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Secret;
import dev.ludo.server.guard.WhoActs.Tokens;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Passes calls on to the API with the proxy's key, and its answers back, as bytes where they are good. Thread-safe. */
final class Upstream {
    private static final System.Logger LOGGER = System.getLogger(Upstream.class.getName());
    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

    // What a caller may see of the API's headers; its rate limit is the proxy's affair.
    private static final List<String> PASSED_BACK = List.of("Idempotent-Replayed");

    private final LudoClient client;
    private final Secret apiKey;
    private final LongSupplier nanoTime;

    Upstream(LudoClient client, Secret apiKey, LongSupplier nanoTime) {
        this.client = client;
        this.apiKey = apiKey;
        this.nanoTime = nanoTime;
    }

    /** Asks for something. */
    Reply get(Exchange exchange, ApiRequest request) {
        return send(exchange, request);
    }

    /** Has something done, under a key that is this caller's alone. */
    Reply post(Exchange exchange, ApiRequest request) {
        return send(exchange, request.idempotencyKey(IdempotencyKeys.upstream(exchange)));
    }

    private Reply send(Exchange exchange, ApiRequest bare) {
        ApiRequest request = bare.header("X-Request-Id", exchange.requestId());
        Tokens tokens = exchange.tokens();
        if (tokens.session().isPresent()) {
            request = request.sessionToken(tokens.session().get());
        }
        if (tokens.seat().isPresent()) {
            request = request.playerToken(tokens.seat().get());
        }
        Optional<String> trace = exchange.header(TRACEPARENT).filter(Upstream::isTrace);
        if (trace.isPresent()) {
            request = request.header("traceparent", trace.get());
        }
        ApiAnswer answer = timed(exchange, request);
        return answer.isSuccess() ? passBack(exchange, answer) : failed(exchange, answer);
    }

    private ApiAnswer timed(Exchange exchange, ApiRequest request) {
        long start = nanoTime.getAsLong();
        try {
            return client.send(request);
        } finally {
            exchange.trail().askedFor(nanoTime.getAsLong() - start);
        }
    }

    // W3C Trace Context, section 3.2: version, trace id, parent id, flags; later versions may append.
    private static boolean isTrace(String value) {
        return value.length() >= 55
                && value.length() <= 256
                && value.matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-[ -~]*)?");
    }

    private static Reply passBack(Exchange exchange, ApiAnswer answer) {
        try {
            if (answer.body().length > 0 || answer.status() != 204) {
                if (!LudoJson.parseObject(answer.body(), answer.body().length).getBoolean("success", false)) {
                    return unreadable(exchange, "success is not true");
                }
            }
        } catch (MalformedJsonException e) {
            return unreadable(exchange, String.valueOf(e.getMessage()));
        }
        Reply reply = Reply.json(answer.status(), answer.body());
        for (String name : PASSED_BACK) {
            Optional<String> value = answer.header(name);
            if (value.isPresent()) {
                reply = reply.with(name, value.get());
            }
        }
        return reply;
    }

    private static Reply unreadable(Exchange exchange, String why) {
        LOGGER.log(
                Level.WARNING,
                () -> "request " + exchange.requestId() + ": the answer to " + exchange.template() + " cannot be read: "
                        + why);
        return Failures.reply(
                ErrorCode.UPSTREAM_ERROR,
                "The Ludo API's answer cannot be understood.",
                List.of(),
                exchange.requestId(),
                Map.of());
    }

    private Reply failed(Exchange exchange, ApiAnswer answer) {
        int status = answer.status();
        Failure failure = LudoClient.failure(answer);
        LOGGER.log(
                status >= 500 || status == 401 ? Level.WARNING : Level.DEBUG,
                () -> "request " + exchange.requestId() + ": " + exchange.template() + " was answered " + status + ' '
                        + failure.code());
        String id = exchange.requestId();
        if (status == 401 || (status == 403 && !exchange.tokens().any())) {
            return Failures.reply(
                    ErrorCode.UPSTREAM_AUTH, "The Ludo API does not accept the proxy's key.", List.of(), id, Map.of());
        }
        if (status == 429) {
            String wait = answer.header("Retry-After").orElse("1");
            return Failures.reply(
                    ErrorCode.UPSTREAM_UNAVAILABLE,
                    "The Ludo API is asked too often.",
                    List.of(),
                    id,
                    Map.of("Retry-After", wait));
        }
        if (status >= 400 && status < 500 && !failure.code().isEmpty()) {
            List<FieldError> details = failure.details().stream()
                    .map(d -> new FieldError(scrub(d.field(), exchange), scrub(d.message(), exchange)))
                    .toList();
            return Failures.reply(status, failure.code(), scrub(failure.error(), exchange), details, id, Map.of());
        }
        return Failures.reply(ErrorCode.UPSTREAM_ERROR, "The Ludo API failed.", List.of(), id, Map.of());
    }

    // An API that repeats a secret in its error must not make the proxy tell it.
    private String scrub(String sentence, Exchange exchange) {
        String out = sentence.replace(apiKey.reveal(), "***");
        out = scrub(out, exchange.tokens().session());
        return scrub(out, exchange.tokens().seat());
    }

    private static String scrub(String sentence, Optional<Secret> secret) {
        return secret.isPresent() ? sentence.replace(secret.get().reveal(), "***") : sentence;
    }
}
