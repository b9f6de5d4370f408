package dev.ludo.server.api;

import dev.ludo.core.error.CallException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.error.NotSentException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.json.Envelope;
import dev.ludo.server.guard.NoRequest;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.guard.RequestIds;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The one place that turns whatever goes wrong into an answer. */
public final class Failures {
    private static final System.Logger LOGGER = System.getLogger(Failures.class.getName());

    private Failures() {}

    static Reply reply(Throwable e, String requestId) {
        return switch (e) {
            case Refusal own -> reply(own.code(), own.sentence(), own.details(), requestId, own.headers());
            case PassedOn passed -> passed.reply(requestId);
            case InvalidRequestException invalid ->
                reply(
                        ErrorCode.VALIDATION_FAILED,
                        "The request has fields that are missing or wrong.",
                        invalid.details(),
                        requestId,
                        Map.of());
            case CallException call -> upstream(call, requestId);
            case RequestException wire -> belowRouting(wire.status().code(), wire.request(), requestId);
            default -> {
                LOGGER.log(Level.ERROR, "request " + requestId + " failed unexpectedly", e);
                yield reply(
                        ErrorCode.INTERNAL,
                        "The proxy failed; name the request id when you report it.",
                        List.of(),
                        requestId,
                        Map.of());
            }
        };
    }

    private static Reply upstream(CallException e, String requestId) {
        LOGGER.log(Level.WARNING, "request " + requestId + ": " + e.getMessage());
        if (e instanceof RejectedException rejected && (rejected.status() == 401 || rejected.status() == 403)) {
            return reply(
                    ErrorCode.UPSTREAM_AUTH,
                    "The Ludo API does not accept the proxy's key.",
                    List.of(),
                    requestId,
                    Map.of());
        }
        if (e instanceof NotSentException) {
            long wait = Math.max(
                    1,
                    e.retryAfter().orElse(Duration.ZERO).plusNanos(999_999_999).toSeconds());
            return reply(
                    ErrorCode.UPSTREAM_UNAVAILABLE,
                    "The Ludo API is not asked for now.",
                    List.of(),
                    requestId,
                    Map.of("Retry-After", Long.toString(wait)));
        }
        return e instanceof TimeoutExceededException
                ? reply(
                        ErrorCode.UPSTREAM_TIMEOUT,
                        "The Ludo API did not answer in time.",
                        List.of(),
                        requestId,
                        Map.of())
                : reply(
                        ErrorCode.UPSTREAM_ERROR,
                        "The Ludo API could not be reached or understood.",
                        List.of(),
                        requestId,
                        Map.of());
    }

    static Reply reply(
            ErrorCode code, String sentence, List<FieldError> details, String requestId, Map<String, String> headers) {
        return reply(code.status(), code.name(), sentence, details, requestId, headers);
    }

    static Reply reply(
            int status,
            String code,
            String sentence,
            List<FieldError> details,
            String requestId,
            Map<String, String> headers) {
        Failure failure = new Failure(sentence, code, details, Optional.of(requestId));
        Reply reply = Reply.json(status, Envelope.failure(failure));
        if (status == 413) {
            reply = reply.asLast(); // what the body still has is not read
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    /** A whole answer, for who has nothing but a connection. */
    public static final class WholeAnswer {
        private final int status;
        private final byte[] bytes;

        private WholeAnswer(int status, byte[] bytes) {
            this.status = status;
            this.bytes = bytes;
        }

        /**
         * Its HTTP status.
         *
         * @return 400 to 599
         */
        public int status() {
            return status;
        }

        /**
         * All of it, as HTTP/1.1.
         *
         * @return the bytes themselves, not a copy
         */
        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * The whole answer to a request that is refused before it becomes a socket, after which the connection is closed.
     *
     * @param e what went wrong
     * @param requestId the request's name
     * @return the answer
     */
    public static WholeAnswer wholeAnswer(Throwable e, String requestId) {
        Reply reply = reply(e, requestId);
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(Status.create(reply.status()))
                .append("\r\nContent-Length: ")
                .append(reply.body().length)
                .append("\r\nX-Request-Id: ")
                .append(requestId)
                .append("\r\nConnection: close\r\n");
        Stream.concat(Reply.SAFE.stream(), reply.headers().stream())
                .forEach(header -> head.append(header.name())
                        .append(": ")
                        .append(header.get())
                        .append("\r\n"));
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(first, first.length + reply.body().length);
        System.arraycopy(reply.body(), 0, whole, first.length, reply.body().length);
        return new WholeAnswer(reply.status(), whole);
    }

    /**
     * Answers for what fails before a request is one: a bad request line, a header that is too large.
     *
     * @param log takes each of them; none has a method or route, since nothing of it can be trusted, or a duration
     * @return handlers for every kind of event
     */
    public static DirectHandlers belowRouting(Consumer<Served> log) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type, (request, event, status, headers, message) -> direct(request, event, status, headers, log));
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse direct(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            io.helidon.http.ServerResponseHeaders headers,
            Consumer<Served> log) {
        String requestId = RequestIds.of(request.headers());
        Reply reply = belowRouting(status.code(), request, requestId);
        Reply.SAFE.forEach(headers::set);
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        headers.set(RequestIds.HEADER, requestId);
        LOGGER.log(Level.DEBUG, () -> "request " + requestId + " is none: " + type + ' ' + status);
        log.accept(new Served(requestId, "-", "-", reply.status(), Duration.ZERO, Duration.ZERO, "-"));
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(reply.status()))
                .headers(headers)
                .entity(new String(reply.body(), StandardCharsets.UTF_8))
                .keepAlive(false)
                .build();
    }

    private static Reply belowRouting(int status, DirectHandler.TransportRequest request, String requestId) {
        String why = request instanceof NoRequest none ? ": " + none.why() : "";
        Reply reply = switch (status) {
            case 404 -> own(ErrorCode.NOT_FOUND, "There is no such route.", requestId);
            // Not in the contract's table, which knows no request that takes too long.
            case 408 -> reply(408, "REQUEST_TIMEOUT", "The request took too long.", List.of(), requestId, Map.of());
            case 413 -> own(ErrorCode.PAYLOAD_TOO_LARGE, "The request is too large.", requestId);
            case 503 -> own(ErrorCode.UNAVAILABLE, "The proxy has too much to do.", requestId);
            default ->
                status < 500
                        ? own(
                                ErrorCode.MALFORMED_REQUEST,
                                "This is not an HTTP request that can be served" + why + '.',
                                requestId)
                        : own(
                                ErrorCode.INTERNAL,
                                "The proxy failed; name the request id when you report it.",
                                requestId);
        };
        return reply.asLast();
    }

    private static Reply own(ErrorCode code, String sentence, String requestId) {
        return reply(code, sentence, List.of(), requestId, Map.of());
    }
}
