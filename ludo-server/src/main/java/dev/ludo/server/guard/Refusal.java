package dev.ludo.server.guard;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.FieldError;
import java.io.Serial;
import java.util.List;
import java.util.Map;

/** The proxy will not do what was asked. Made without a stack trace, since strangers decide how often it happens. */
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Which also gives the HTTP status. */
    private final ErrorCode code;

    private final transient List<FieldError> details;
    private final transient Map<String, String> headers;

    private Refusal(ErrorCode code, String sentence, List<FieldError> details, Map<String, String> headers) {
        super(sentence, null, false, false);
        this.code = code;
        this.details = details;
        this.headers = headers;
    }

    /**
     * A refusal.
     *
     * @param code which also gives the HTTP status
     * @param sentence why, for people
     * @return the refusal
     */
    public static Refusal of(ErrorCode code, String sentence) {
        return new Refusal(code, sentence, List.of(), Map.of());
    }

    /**
     * A refusal for a header that is missing or wrong.
     *
     * @param code which also gives the HTTP status
     * @param sentence why, for people
     * @param header the header's name
     * @param message what is wrong with it
     * @return the refusal
     */
    public static Refusal ofHeader(ErrorCode code, String sentence, String header, String message) {
        return new Refusal(code, sentence, List.of(new FieldError(header, message)), Map.of());
    }

    /**
     * The same, with a header that the answer must have.
     *
     * @param name its name
     * @param value its value
     * @return a new refusal
     */
    public Refusal with(String name, String value) {
        return new Refusal(code, sentence(), details, Map.of(name, value));
    }

    /**
     * Why, for people.
     *
     * @return a sentence
     */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /**
     * The code, which also gives the HTTP status.
     *
     * @return the code
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * Fields or headers that were wrong.
     *
     * @return empty unless that was it
     */
    public List<FieldError> details() {
        return details;
    }

    /**
     * Headers that the answer must have.
     *
     * @return by name
     */
    public Map<String, String> headers() {
        return headers;
    }
}
