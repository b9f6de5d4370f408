package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.rules.Refusal;
import dev.ludo.core.rules.RefusedException;
import io.helidon.webserver.CloseConnectionException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is answered when a call fails: the table of codes in the contract. */
final class Failures {
    private static final Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    /** Does the work; what it throws becomes the answer. Only the end of the connection passes through. */
    static Answer caught(String requestId, Supplier<Answer> work) {
        try {
            return work.get();
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            Failure failure = of(e, Optional.of(requestId));
            return Answer.failure(failure.errorCode().status(), failure);
        }
    }

    /** What the caller is told of something that was thrown. What only the fake can be blamed for goes to the log. */
    static Failure of(RuntimeException thrown, Optional<String> requestId) {
        return switch (thrown) {
            case ApiFailure e -> failure(e.code(), e, e.details(), requestId);
            case InvalidRequestException e -> failure(ErrorCode.VALIDATION_FAILED, e, e.details(), requestId);
            case RefusedException e -> failure(e.errorCode(), e, details(e), requestId);
            case MalformedJsonException e -> {
                ErrorCode code = e.kind() == MalformedJsonException.Kind.TOO_LARGE
                        ? ErrorCode.PAYLOAD_TOO_LARGE
                        : ErrorCode.MALFORMED_REQUEST;
                yield failure(code, e, List.of(), requestId);
            }
            default -> {
                LOG.log(Level.ERROR, "the fake failed to answer " + requestId.orElse("a message"), thrown);
                yield new Failure("the fake failed; its log says why", ErrorCode.INTERNAL.name(), List.of(), requestId);
            }
        };
    }

    private static Failure failure(ErrorCode code, Exception e, List<FieldError> details, Optional<String> requestId) {
        return new Failure(e.getMessage(), code.name(), details, requestId);
    }

    /** For an illegal move the details hold the rules' own word. */
    private static List<FieldError> details(RefusedException e) {
        if (e.errorCode() != ErrorCode.ILLEGAL_MOVE) {
            return List.of();
        }
        String field = e.refusal() == Refusal.WRONG_TARGET ? "targetPosition" : "pieceId";
        return List.of(new FieldError(field, e.refusal().name()));
    }
}
