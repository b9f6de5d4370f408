package dev.ludo.server.api;

import dev.ludo.core.error.CallException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.json.Envelope;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.guard.RequestIds;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one place that turns whatever goes wrong into an answer. */
public final class Failures {
    private static final System.Logger LOGGER = System.getLogger(Failures.class.getName());

    private Failures() {}

    static Reply reply(Throwable e, String requestId) {
        return switch (e) {
            case Refusal own -> reply(own.code(), own.sentence(), own.details(), requestId, own.headers());
            case InvalidRequestException invalid ->
                reply(
                        ErrorCode.VALIDATION_FAILED,
                        "The request has fields that are missing or wrong.",
                        invalid.details(),
                        requestId,
                        Map.of());
            case CallException call -> upstream(call, requestId);
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
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    /**
     * The whole answer to a request that is refused before it becomes a socket, after which the connection is closed.
     *
     * @param e what went wrong
     * @param requestId the request's name
     * @return the bytes of an HTTP/1.1 answer
     */
    public static byte[] wholeAnswer(Throwable e, String requestId) {
        Reply reply = reply(e, requestId);
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(Status.create(reply.status()))
                .append("\r\nContent-Type: ")
                .append(reply.contentType())
                .append("\r\nContent-Length: ")
                .append(reply.body().length)
                .append("\r\nX-Request-Id: ")
                .append(requestId)
                .append("\r\nConnection: close\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(first, first.length + reply.body().length);
        System.arraycopy(reply.body(), 0, whole, first.length, reply.body().length);
        return whole;
    }

    /**
     * The status that {@link #wholeAnswer} has.
     *
     * @param e what went wrong
     * @return 400 to 599
     */
    public static int status(Throwable e) {
        return reply(e, "-").status();
    }

    /**
     * Answers for what fails before a request is one: a bad request line, a header that is too large.
     *
     * @return handlers for every kind of event
     */
    public static DirectHandlers belowRouting() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, Failures::direct);
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse direct(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            io.helidon.http.ServerResponseHeaders headers,
            String message) {
        String requestId = RequestIds.fresh();
        ErrorCode code = codeOf(status.code());
        Reply reply = reply(code, sentence(code), List.of(), requestId, Map.of());
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        headers.set(RequestIds.HEADER, requestId);
        LOGGER.log(Level.DEBUG, () -> "request " + requestId + " is none: " + type + ' ' + status);
        return DirectHandler.TransportResponse.builder()
                .status(Status.create(reply.status()))
                .headers(headers)
                .entity(new String(reply.body(), StandardCharsets.UTF_8))
                .keepAlive(false)
                .build();
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> status < 500 ? ErrorCode.MALFORMED_REQUEST : ErrorCode.INTERNAL;
        };
    }

    private static String sentence(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND -> "There is no such route.";
            case PAYLOAD_TOO_LARGE -> "The request is too large.";
            case UNAVAILABLE -> "The proxy has too much to do.";
            case INTERNAL -> "The proxy failed; name the request id when you report it.";
            default -> "This is not an HTTP request that can be served.";
        };
    }
}
