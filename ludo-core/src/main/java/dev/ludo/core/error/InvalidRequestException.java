package dev.ludo.core.error;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A request has fields that are missing or of the wrong type, range or form. Each is named. */
public final class InvalidRequestException extends LudoException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> details;

    /**
     * Names what is wrong.
     *
     * @param details the fields, at least one
     */
    public InvalidRequestException(List<FieldError> details) {
        super(details.stream().map(d -> d.field() + ' ' + d.message()).collect(Collectors.joining("; ")), null);
        this.details = List.copyOf(details);
    }

    /**
     * The fields.
     *
     * @return at least one
     */
    public List<FieldError> details() {
        return details;
    }
}
