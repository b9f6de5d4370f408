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
import dev.ludo.server.guard.Traceparent;
import dev.ludo.server.guard.WhoActs.Tokens;
import jakarta.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Passes calls on to the API with the proxy's key, and its answers back, as bytes where they are good. Thread-safe. */
final class Upstream {
    private static final System.Logger LOGGER = System.getLogger(Upstream.class.getName());

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
        return send(exchange, request, Optional.empty());
    }

    /** Asks for something, and shows the answer to somebody else too. */
    Reply get(Exchange exchange, ApiRequest request, Consumer<JsonObject> seen) {
        return send(exchange, request, Optional.of(seen));
    }

    /** Has something done, under a key that is this caller's alone. */
    Reply post(Exchange exchange, ApiRequest request) {
        return send(exchange, keyed(exchange, request), Optional.empty());
    }

    /** Has something done likewise, and shows the answer to somebody else too. */
    Reply post(Exchange exchange, ApiRequest request, Consumer<JsonObject> seen) {
        return send(exchange, keyed(exchange, request), Optional.of(seen));
    }

    private static ApiRequest keyed(Exchange exchange, ApiRequest request) {
        return request.idempotencyKey(IdempotencyKeys.upstream(exchange));
    }

    private Reply send(Exchange exchange, ApiRequest bare, Optional<Consumer<JsonObject>> seen) {
        ApiRequest request = bare.header("X-Request-Id", exchange.requestId());
        Tokens tokens = exchange.tokens();
        if (tokens.session().isPresent()) {
            request = request.sessionToken(tokens.session().get());
        }
        if (tokens.seat().isPresent()) {
            request = request.playerToken(tokens.seat().get());
        }
        Optional<String> trace = Traceparent.of(exchange.headers());
        if (trace.isPresent()) {
            request = request.header("traceparent", trace.get());
        }
        ApiAnswer answer = timed(exchange, request);
        if (!answer.isSuccess()) {
            throw failed(exchange, answer);
        }
        return passBack(exchange, answer, seen);
    }

    private ApiAnswer timed(Exchange exchange, ApiRequest request) {
        long start = nanoTime.getAsLong();
        try {
            return client.send(request);
        } finally {
            exchange.trail().askedFor(nanoTime.getAsLong() - start);
        }
    }

    private static Reply passBack(Exchange exchange, ApiAnswer answer, Optional<Consumer<JsonObject>> seen) {
        try {
            boolean empty = answer.body().length == 0 && answer.status() == 204;
            if (!empty && (seen.isPresent() || !PlainEnvelope.isSuccess(answer.body()))) {
                JsonObject envelope = LudoJson.parseObject(answer.body(), answer.body().length);
                if (!envelope.getBoolean("success", false)) {
                    throw unreadable(exchange, "success is not true");
                }
                seen.ifPresent(one -> one.accept(envelope));
            }
        } catch (MalformedJsonException e) {
            throw unreadable(exchange, String.valueOf(e.getMessage()));
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

    private static PassedOn unreadable(Exchange exchange, String why) {
        LOGGER.log(
                Level.WARNING,
                () -> "request " + exchange.requestId() + ": the answer to " + exchange.template() + " cannot be read: "
                        + why);
        return own(ErrorCode.UPSTREAM_ERROR, "The Ludo API's answer cannot be understood.");
    }

    private PassedOn failed(Exchange exchange, ApiAnswer answer) {
        int status = answer.status();
        Failure failure = LudoClient.failure(answer);
        String code = scrub(failure.code(), exchange);
        LOGGER.log(
                status >= 500 || status == 401 ? Level.WARNING : Level.DEBUG,
                () -> "request " + exchange.requestId() + ": " + exchange.template() + " was answered " + status + ' '
                        + code);
        if (status == 401 || (status == 403 && !exchange.tokens().any())) {
            return own(ErrorCode.UPSTREAM_AUTH, "The Ludo API does not accept the proxy's key.");
        }
        if (status == 429) {
            return new PassedOn(
                    503,
                    ErrorCode.UPSTREAM_UNAVAILABLE.name(),
                    "The Ludo API is asked too often.",
                    List.of(),
                    Map.of("Retry-After", answer.header("Retry-After").orElse("1")));
        }
        boolean coded = !failure.code().isEmpty();
        if (status >= 400 && status < 500 && (coded || isUncoded(failure, answer))) {
            String told =
                    coded ? code : Uncoded.code(status, exchange.template()).name();
            List<FieldError> details = failure.details().stream()
                    .map(d ->
                            new FieldError(scrub(exchange.spelled(d.field()), exchange), scrub(d.message(), exchange)))
                    .toList();
            return new PassedOn(status, told, scrub(failure.error(), exchange), details, Map.of());
        }
        return own(ErrorCode.UPSTREAM_ERROR, "The Ludo API failed.");
    }

    private static boolean isUncoded(Failure failure, ApiAnswer answer) {
        return !failure.error().isEmpty() && Uncoded.isFailure(answer.body());
    }

    private static PassedOn own(ErrorCode code, String sentence) {
        return new PassedOn(code.status(), code.name(), sentence, List.of(), Map.of());
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
