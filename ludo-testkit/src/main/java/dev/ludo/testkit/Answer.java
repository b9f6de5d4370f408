package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.error.Failure;
import dev.ludo.core.json.Envelope;
import dev.ludo.core.model.Page;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An HTTP answer before it is sent. An empty body is none. */
record Answer(int status, Map<String, String> headers, String body) {
    static Answer ok(Object data) {
        return new Answer(200, Map.of(), Envelope.success(data));
    }

    static Answer page(Page<?> page) {
        return new Answer(200, Map.of(), Envelope.page(page));
    }

    /** A success whose data was written before. */
    static Answer okJson(String data) {
        return new Answer(200, Map.of(), "{\"success\":true,\"data\":" + data + '}');
    }

    static Answer created(Object data) {
        return new Answer(201, Map.of(), Envelope.success(data));
    }

    static Answer noContent() {
        return new Answer(204, Map.of(), "");
    }

    static Answer failure(int status, Failure failure) {
        return new Answer(status, Map.of(), Envelope.failure(failure));
    }

    /** The same with its name for caches; without the body for a caller who has it already. */
    Answer cacheable(Duration life, Optional<String> ifNoneMatch) {
        String tag = '"' + HexFormat.of().formatHex(Idempotency.hash(body.getBytes(UTF_8)), 0, 8) + '"';
        boolean known = ifNoneMatch
                .filter(tags -> Arrays.stream(tags.split(",", -1))
                        .map(String::strip)
                        .anyMatch(has -> has.equals("*") || has.equals(tag) || has.equals("W/" + tag)))
                .isPresent();
        return (known ? new Answer(304, headers, "") : this)
                .with("ETag", tag)
                .with("Cache-Control", "max-age=" + life.toSeconds());
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }
}
