package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.json.Envelope;
import dev.ludo.testkit.fault.Fault;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that a test makes up. It carries the rate limit's headers and the request's id beside its own, as every answer
 * does. Immutable.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers its headers; a body is {@code application/json} unless they say otherwise
 * @param body its body as it goes out, in UTF-8; empty for none
 */
public record Reply(int status, Map<String, String> headers, String body) {
    /** Checks the status, the headers, and that a status that has no body has none. */
    public Reply {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be 200 to 599, was " + status);
        }
        headers = Map.copyOf(headers);
        var unused = Fault.status(status, headers, body); // what a fault may answer a script may, and nothing else
    }

    /**
     * An answer without a body.
     *
     * @param status the HTTP status, 200 to 599
     * @return the answer
     */
    public static Reply status(int status) {
        return new Reply(status, Map.of(), "");
    }

    /**
     * A success.
     *
     * @param data a record, a collection or a map, which is put into the envelope
     * @return the answer, with status 200
     */
    public static Reply ok(Object data) {
        return new Reply(200, Map.of(), Envelope.success(data));
    }

    /**
     * A failure as the contract has it.
     *
     * @param code its code, which has a status
     * @param error a sentence for people
     * @return the answer
     */
    public static Reply failure(ErrorCode code, String error) {
        return new Reply(code.status(), Map.of(), Envelope.failure(Failure.of(code, error)));
    }

    /**
     * The same with another body.
     *
     * @param text the body as it goes out, which need not be JSON
     * @return the answer
     */
    public Reply withBody(String text) {
        return new Reply(status, headers, text);
    }

    /**
     * The same with one more header.
     *
     * @param name such as {@code Retry-After}
     * @param value its value
     * @return the answer
     */
    public Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body);
    }

    Answer answer() {
        return new Answer(status, headers, body);
    }
}
