package dev.ludo.server.api;

import dev.ludo.core.error.FieldError;
import java.io.Serial;
import java.util.List;
import java.util.Map;

/** A failure of the API's, in the words in which callers are told. Made without a stack trace: it is no mistake of this program. */
final class PassedOn extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<FieldError> details;
    private final transient Map<String, String> headers;

    PassedOn(int status, String code, String sentence, List<FieldError> details, Map<String, String> headers) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.details = details;
        this.headers = headers;
    }

    int status() {
        return status;
    }

    Reply reply(String requestId) {
        return Failures.reply(status, code, String.valueOf(getMessage()), details, requestId, headers);
    }
}
