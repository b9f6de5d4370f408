package dev.ludo.core.json;

import dev.ludo.core.error.Failure;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import dev.ludo.core.model.Page;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The envelope round every REST answer: {@code {"success":true,"data":…}} or
 * {@code {"success":false,"data":null,"error":"…","code":"…"}}.
 */
public final class Envelope {
    private Envelope() {}

    /**
     * A success.
     *
     * @param data a record, a collection or a map
     * @return the answer's body
     */
    public static String success(Object data) {
        return "{\"success\":true,\"data\":" + LudoJson.write(data) + '}';
    }

    /**
     * A page.
     *
     * @param page the page
     * @return the answer's body
     */
    public static String page(Page<?> page) {
        return "{\"success\":true,\"data\":" + LudoJson.write(page.items()) + ",\"nextCursor\":"
                + page.nextCursor().map(LudoJson::write).orElse("null") + '}';
    }

    /**
     * Reads a page. An API that does not divide its lists is taken as it is: the page is the last one then.
     *
     * @param <T> what the page holds
     * @param body the answer's body as a tree
     * @param type the class of its items
     * @return the page
     * @throws MalformedJsonException if there is no array, or an item cannot be read
     */
    public static <T> Page<T> readPage(JsonObject body, Class<T> type) {
        if (!(body.get("data") instanceof JsonArray data)) {
            throw new MalformedJsonException(Kind.SHAPE, "not a page: data must be an array", null);
        }
        Optional<String> next = Optional.ofNullable(string(body, "nextCursor")).filter(cursor -> !cursor.isEmpty());
        return new Page<>(LudoJson.readList(data, type), next);
    }

    /**
     * A failure.
     *
     * @param failure what failed and why
     * @return the answer's body
     */
    public static String failure(Failure failure) {
        StringBuilder out = new StringBuilder(160)
                .append("{\"success\":false,\"data\":null,\"error\":")
                .append(LudoJson.write(failure.error()))
                .append(",\"code\":")
                .append(LudoJson.write(failure.code()));
        if (!failure.details().isEmpty()) {
            out.append(",\"details\":").append(LudoJson.write(failure.details()));
        }
        failure.requestId().ifPresent(id -> out.append(",\"requestId\":").append(LudoJson.write(id)));
        return out.append('}').toString();
    }

    /**
     * Reads what a failed answer says. It takes what it can get: an {@code error} that is a sentence, or an object with
     * {@code code} and {@code message}, or nothing.
     *
     * @param body the answer's body as a tree
     * @return the failure; its parts are empty where the body has none
     */
    public static Failure readFailure(JsonObject body) {
        JsonValue error = body.get("error");
        if (error instanceof JsonObject nested) {
            String code = Optional.ofNullable(string(nested, "code")).orElse(string(body, "code"));
            return new Failure(string(nested, "message"), code, details(body), requestId(body));
        }
        return new Failure(string(body, "error"), string(body, "code"), details(body), requestId(body));
    }

    /**
     * Reads what a failed answer says, whatever it is: an envelope, some other text, or nothing.
     *
     * @param body the answer's body
     * @param maxBytes how long a body is looked at
     * @return the failure; its parts are empty where the body has none
     */
    public static Failure readFailure(byte[] body, int maxBytes) {
        try {
            return readFailure(LudoJson.parseObject(body, maxBytes));
        } catch (MalformedJsonException e) {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            boolean readable = text.length() <= 200 && !text.isEmpty() && "<{[".indexOf(text.charAt(0)) < 0;
            return new Failure(readable ? text : null, null, List.of(), Optional.empty());
        }
    }

    private static Optional<String> requestId(JsonObject body) {
        return Optional.ofNullable(string(body, "requestId"));
    }

    private static List<FieldError> details(JsonObject body) {
        List<FieldError> found = new ArrayList<>();
        if (body.get("details") instanceof JsonArray details) {
            for (JsonValue detail : details) {
                if (detail instanceof JsonObject entry) {
                    String field = string(entry, "field");
                    String message = string(entry, "message");
                    found.add(new FieldError(field == null ? "" : field, message == null ? "" : message));
                }
            }
        }
        return found;
    }

    private static @Nullable String string(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : null;
    }
}
