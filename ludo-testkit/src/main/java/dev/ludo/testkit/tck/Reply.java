package dev.ludo.testkit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ludo.core.error.Failure;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.Envelope;
import dev.ludo.core.json.LudoJson;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An answer, and what it must be.
 *
 * @param call what was asked, such as {@code GET /rooms}
 */
record Reply(String call, HttpResponse<byte[]> http) {
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final int SHOWN = 600;

    int status() {
        return http.statusCode();
    }

    String text() {
        return new String(http.body(), StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
        return http.headers().firstValue(name);
    }

    /** The whole body. */
    Json body() {
        try {
            return new Json(this + ": body", LudoJson.parseObject(http.body(), LARGEST));
        } catch (MalformedJsonException e) {
            return fail(this + " has a body that is no JSON object: " + e.getMessage());
        }
    }

    Reply expect(int expected) {
        assertEquals(expected, status(), () -> this + " must be answered " + expected);
        return this;
    }

    /** What a success with this status holds; it must have the envelope of one. */
    Json data(int expected) {
        return envelope(expected).object("data");
    }

    List<Json> list(int expected) {
        return envelope(expected).objects("data");
    }

    /** The envelope of a success. */
    Json envelope(int expected) {
        Json body = expect(expected).body();
        assertEquals(true, body.flag("success"), () -> this + ": success");
        body.assertAbsent("error");
        return body;
    }

    <T> T as(int expected, Class<T> type) {
        return data(expected).as(type);
    }

    /** The failure; its envelope must be one, with a sentence, and it must have this code. */
    Failure failure(int expected, String code) {
        Json body = expect(expected).body();
        assertEquals(false, body.flag("success"), () -> this + ": success");
        body.assertAbsent("data");
        Failure failure = Envelope.readFailure(body.tree());
        assertEquals(code, failure.code(), () -> this + ": code");
        assertEquals(false, failure.error().isBlank(), () -> this + ": error must be a sentence");
        return failure;
    }

    /** A refusal of the form, which names just these fields. */
    void invalid(String... fields) {
        Failure failure = failure(422, "VALIDATION_FAILED");
        assertEquals(
                List.of(fields),
                failure.details().stream().map(FieldError::field).sorted().toList(),
                () -> this + ": details must name the fields that are wrong");
    }

    /** Without tokens. */
    @Override
    public String toString() {
        String text = text().replaceAll("\"(\\w*[Tt]oken|secret)\":\"[^\"]*\"", "\"$1\":\"***\"");
        return call + " -> " + status() + ' ' + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + '…');
    }
}
