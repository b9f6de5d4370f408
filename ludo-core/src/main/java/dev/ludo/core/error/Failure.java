package dev.ludo.core.error;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that says that a call failed.
 *
 * @param error a sentence for people
 * @param code a word for programs, such as {@code ROOM_FULL}; empty when the API sent none
 * @param details the fields that were wrong, if that was it
 * @param requestId what to name when asking the API's makers, if it was given
 */
public record Failure(String error, String code, List<FieldError> details, Optional<String> requestId) {
    /** Copies the list; what is absent is empty. */
    public Failure(
            @Nullable String error,
            @Nullable String code,
            @Nullable List<FieldError> details,
            Optional<String> requestId) {
        this.error = error == null ? "" : error;
        this.code = code == null ? "" : code;
        this.details = details == null ? List.of() : List.copyOf(details);
        this.requestId = requestId;
    }

    /**
     * A failure with one of the known codes and nothing else.
     *
     * @param code the code
     * @param error a sentence for people
     * @return the failure
     */
    public static Failure of(ErrorCode code, String error) {
        return new Failure(error, code.name(), List.of(), Optional.empty());
    }

    /**
     * The code as a constant.
     *
     * @return the constant, {@link ErrorCode#UNKNOWN} for a code that this version does not know or none
     */
    public ErrorCode errorCode() {
        return ErrorCode.of(code);
    }
}
