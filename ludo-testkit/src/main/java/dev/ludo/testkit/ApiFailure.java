package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.FieldError;
import java.io.Serial;
import java.util.List;

/** The fake refuses a call, with one of the contract's codes. What is wrong with fields is an {@code InvalidRequestException}. */
final class ApiFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<FieldError> details;

    private ApiFailure(ErrorCode code, String message, List<FieldError> details) {
        super(message);
        this.code = code;
        this.details = details;
    }

    static ApiFailure of(ErrorCode code, String message) {
        return new ApiFailure(code, message, List.of());
    }

    /** A failure that is about one field or header. */
    static ApiFailure of(ErrorCode code, String message, String field, String why) {
        return new ApiFailure(code, message, List.of(new FieldError(field, why)));
    }

    ErrorCode code() {
        return code;
    }

    List<FieldError> details() {
        return details;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
