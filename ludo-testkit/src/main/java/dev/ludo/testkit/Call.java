package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.json.Fields;
import dev.ludo.core.json.LudoJson;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One HTTP request, read as far as anybody has asked. For one thread. */
final class Call {
    private final ServerRequest request;
    private final String requestId;
    private final RequestBody body;
    private boolean unmatched;

    Call(ServerRequest request, String requestId) {
        this.request = request;
        this.requestId = requestId;
        this.body = new RequestBody(request);
    }

    String requestId() {
        return requestId;
    }

    /** The method by which it is routed: GET for a HEAD, which differs only in that its answer has no body. */
    String method() {
        return isHead() ? "GET" : rawMethod();
    }

    /** The method as it came. */
    String rawMethod() {
        return request.prologue().method().text();
    }

    boolean isHead() {
        return rawMethod().equals("HEAD");
    }

    /** The path as it came. */
    String path() {
        return request.prologue().uriPath().rawPath();
    }

    /** The parts of the path between its slashes, decoded. */
    List<String> segments() {
        return Arrays.stream(path().substring(1).split("/", -1))
                .map(Call::decoded)
                .toList();
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The query as it came, without its question mark; empty if there is none. */
    String rawQuery() {
        return request.prologue().query().rawValue();
    }

    /** There is no route for it. */
    void hasNoRoute() {
        unmatched = true;
    }

    boolean isUnmatched() {
        return unmatched;
    }

    Headers headers() {
        return request.headers();
    }

    Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    /** A parameter of the query; it may be there once. */
    Optional<String> query(String name) {
        List<String> values = request.query().all(name, List::of);
        if (values.size() > 1) {
            throw new InvalidRequestException(List.of(new FieldError(name, "is there more than once")));
        }
        return values.stream().findFirst();
    }

    /** Whether there is a body to be read. */
    boolean hasBody() {
        return body.isThere();
    }

    /** Does something as soon as the body is read. */
    void onBodyRead(Runnable task) {
        body.onRead(task);
    }

    /** The body's bytes if they were read, or none. */
    byte[] bodySoFar() {
        return body.soFar();
    }

    /** The body's bytes, at most 64 KiB. */
    byte[] body() {
        return body.bytes();
    }

    /** The body as an object; none at all is an empty one. */
    JsonObject json() {
        byte[] bytes = body.bytes();
        if (bytes.length == 0) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        Optional<String> packed = header("Content-Encoding").filter(encoding -> !encoding.equalsIgnoreCase("identity"));
        if (packed.isPresent()) {
            throw ApiFailure.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "the body must be sent without a Content-Encoding",
                    "Content-Encoding",
                    "must be absent");
        }
        String type = header("Content-Type").orElse("");
        if (!LudoJson.isDeclared(type)) {
            throw ApiFailure.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "the body must be declared as application/json in UTF-8",
                    "Content-Type",
                    type.isEmpty() ? "is missing" : "is not application/json");
        }
        return LudoJson.parseObject(bytes);
    }

    Fields fields() {
        return Fields.of(json());
    }

    /**
     * Whether the connection must end with this call: the caller says so (the server announces it then, but leaves the
     * connection open), or there may be more of the body than anybody wants to read.
     */
    boolean mustClose() {
        boolean asked = request.headers().all(HeaderNames.CONNECTION, List::of).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(token -> token.strip().equalsIgnoreCase("close"));
        return asked || body.isLeftUnread();
    }

    /** Reads the body, though nothing will be done about it, so that the connection may end in good order. */
    void takeIn() {
        Failures.caught(requestId, () -> {
            body.bytes();
            return Answer.noContent();
        });
        body.drain();
    }

    /** Takes what is left of the body off the line before the connection ends. */
    void drain() {
        body.drain();
    }
}
