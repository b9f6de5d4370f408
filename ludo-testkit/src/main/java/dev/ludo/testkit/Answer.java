package dev.ludo.testkit;

import dev.ludo.core.error.Failure;
import dev.ludo.core.json.Envelope;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer before it is sent. An empty body is none. */
record Answer(int status, Map<String, String> headers, String body) {
    static Answer ok(Object data) {
        return new Answer(200, Map.of(), Envelope.success(data));
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

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }
}
