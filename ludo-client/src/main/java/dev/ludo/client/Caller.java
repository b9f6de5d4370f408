package dev.ludo.client;

import dev.ludo.core.error.CallDetails;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.json.Envelope;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Page;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What the resources are made of: sends requests with the options of a view, and reads their answers. Thread-safe. */
final class Caller {
    private final CallPath path;
    private final CallOptions options;

    Caller(CallPath path, CallOptions options) {
        this.path = path;
        this.options = options;
    }

    Caller with(CallOptions other) {
        return new Caller(path, other);
    }

    ApiAnswer send(ApiRequest request) {
        return path.send(options.equals(CallOptions.NONE) ? request : options.applyTo(request));
    }

    <T> T call(ApiRequest request, Class<T> type) {
        return call(request, data -> LudoJson.read(data.asJsonObject(), type));
    }

    <T> List<T> list(ApiRequest request, Class<T> type) {
        return call(request, data -> LudoJson.readList(data.asJsonArray(), type));
    }

    /** Sends a call and reads the data of its answer. */
    <T> T call(ApiRequest request, Function<JsonValue, T> read) {
        return read(request, (envelope, body) -> read.apply(envelope.getOrDefault("data", JsonValue.NULL)));
    }

    /** Sends a call and reads a page of a list. */
    <T> Page<T> page(ApiRequest request, PageRequest which, Class<T> type) {
        return read(which.applyTo(request), (envelope, body) -> Envelope.readPage(envelope, type));
    }

    /** All pages of a list. */
    <T> Pages<T> pages(ApiRequest request, Class<T> type) {
        return new Pages<>(
                cursor -> page(request, cursor.map(PageRequest::after).orElse(PageRequest.FIRST), type),
                () -> new TransportException(
                        request.method(), request.path(), "was answered with the cursor of an earlier page", null));
    }

    /** Sends a call whose success has no data. */
    void run(ApiRequest request) {
        ApiAnswer answer = send(request);
        if (!answer.isSuccess()) {
            throw answer.rejectionOf(request);
        }
    }

    /** Sends a call and reads its answer, which is given as a tree and as it came. */
    <T> T read(ApiRequest request, BiFunction<JsonObject, byte[], T> read) {
        ApiAnswer answer = send(request);
        if (!answer.isSuccess()) {
            throw answer.rejectionOf(request);
        }
        try {
            JsonObject envelope = LudoJson.parseObject(answer.body(), Rejections.MAX_BODY);
            if (!envelope.getBoolean("success", true)) {
                throw answer.rejectionOf(request);
            }
            return read.apply(envelope, answer.body());
        } catch (MalformedJsonException | ClassCastException e) {
            CallDetails call = new CallDetails(
                    request.method(),
                    request.path(),
                    answer.attempts(),
                    answer.header("X-Request-Id"),
                    Optional.empty());
            throw new TransportException(call, "was answered with what cannot be read: " + e.getMessage(), e);
        }
    }
}
