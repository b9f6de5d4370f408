package dev.ludo.server.api;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.Fields;
import dev.ludo.core.json.LudoJson;
import dev.ludo.server.guard.Caller;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.guard.WhoActs.Tokens;
import io.helidon.common.media.type.MediaType;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One request while it is served: its parts, read and checked. For one thread. */
final class Exchange {
    /** How long a body of fields may be, in bytes. */
    static final int MAX_BODY = 64 * 1024;

    private static final Fields NO_FIELDS = Fields.inEitherSpelling(JsonValue.EMPTY_JSON_OBJECT);
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    private final ServerRequest request;
    private final RouteTable.Found found;
    private final String requestId;
    private final Caller caller;
    private final Tokens tokens;
    private final Trail trail;
    private final Problems problems = new Problems();
    private Fields fields = NO_FIELDS;

    Exchange(
            ServerRequest request,
            RouteTable.Found found,
            String requestId,
            Caller caller,
            Tokens tokens,
            Trail trail) {
        this.request = request;
        this.found = found;
        this.requestId = requestId;
        this.caller = caller;
        this.tokens = tokens;
        this.trail = trail;
    }

    String method() {
        return request.prologue().method().text();
    }

    String path() {
        return request.path().rawPath();
    }

    String template() {
        return found.route().template();
    }

    String requestId() {
        return requestId;
    }

    Caller caller() {
        return caller;
    }

    Tokens tokens() {
        return tokens;
    }

    Trail trail() {
        return trail;
    }

    Headers headers() {
        return request.headers();
    }

    Optional<String> header(HeaderName name) {
        return request.headers().first(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Whether the caller would rather have one media type than another; an {@code Accept} that cannot be read says nothing. */
    boolean prefers(MediaType one, MediaType usual) {
        try {
            return request.headers()
                    .bestAccepted(usual, one)
                    .filter(one::equals)
                    .isPresent();
        } catch (BadRequestException e) {
            return false; // not a list of media types at all
        }
    }

    /** The caller's own idempotency key. */
    Optional<String> idempotencyKey() {
        Optional<String> key = request.headers().first(IDEMPOTENCY_KEY);
        key.ifPresent(text -> {
            if (text.isEmpty() || text.length() > 255 || !text.chars().allMatch(c -> c >= ' ' && c < 127)) {
                throw invalid("Idempotency-Key", "must be 1 to 255 printable ASCII characters");
            }
        });
        return key;
    }

    /**
     * Reads a part of the request now. What is wrong with it, and with the parts that are read before the result is asked for,
     * is told together.
     */
    <T> Supplier<T> check(Supplier<T> part) {
        return problems.of(part);
    }

    /** A part of the path as a value; whatever cannot be one is the caller's mistake. */
    <T> T pathValue(String name, Function<String, T> parse) {
        return value(name, Objects.requireNonNull(found.values().get(name), name), parse);
    }

    /** A parameter of the query as a value, if it is there. */
    <T> Optional<T> queryValue(String name, Function<String, T> parse) {
        return request.query().first(name).asOptional().map(text -> value(name, text, parse));
    }

    private static <T> T value(String name, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw invalid(name, String.valueOf(e.getMessage()));
        }
    }

    private static InvalidRequestException invalid(String field, String message) {
        return new InvalidRequestException(List.of(new FieldError(field, message)));
    }

    /** The body's fields, in either spelling; an empty body has none. */
    Fields fields() {
        byte[] body = body(MAX_BODY);
        fields = body.length == 0 ? Fields.inEitherSpelling(JsonValue.EMPTY_JSON_OBJECT) : parse(body);
        return fields;
    }

    /** How the caller spelled a field of the body that was read, or its camelCase name if it is not there. */
    String spelled(String field) {
        return fields.spelling(field);
    }

    private Fields parse(byte[] body) {
        if (header(HeaderNames.CONTENT_ENCODING)
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isPresent()) {
            throw Refusal.ofHeader(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be sent without a Content-Encoding.",
                    "Content-Encoding",
                    "must be absent");
        }
        String type = header(HeaderNames.CONTENT_TYPE).orElse("");
        if (!LudoJson.isDeclared(type)) {
            String problem = type.isEmpty() ? "is missing" : "is not application/json in UTF-8";
            throw Refusal.ofHeader(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be sent as application/json in UTF-8.",
                    "Content-Type",
                    problem);
        }
        try {
            return Fields.inEitherSpelling(LudoJson.parseObject(body, MAX_BODY));
        } catch (MalformedJsonException e) {
            throw Refusal.of(ErrorCode.MALFORMED_REQUEST, "The body cannot be read: " + e.getMessage() + '.');
        }
    }

    /** The body as it came, of at most so many bytes; empty if there is none. */
    byte[] body(int limit) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        if (saidLength() > limit) {
            throw tooLarge(limit); // unread, so that whoever waits for a "100 Continue" need not send it
        }
        try {
            byte[] body = request.content().inputStream().readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLarge(limit);
            }
            return body;
        } catch (IOException e) {
            throw Refusal.of(ErrorCode.MALFORMED_REQUEST, "The body ended early.");
        }
    }

    // The guard let nothing but digits through.
    private long saidLength() {
        return request.headers()
                .first(HeaderNames.CONTENT_LENGTH)
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static Refusal tooLarge(int limit) {
        return Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE, "The body is larger than " + limit + " bytes.");
    }
}
