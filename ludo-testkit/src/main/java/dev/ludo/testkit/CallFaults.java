package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.json.Envelope;
import dev.ludo.testkit.fault.ActiveFault;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.Faults;
import dev.ludo.testkit.fault.MessageFault;
import dev.ludo.testkit.fault.Stage;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets calls be hit by the faults that were asked for. */
final class CallFaults {
    private static final int SLOW_PIECES_PER_SECOND = 20;

    private final Faults faults;
    private final Wires wires;

    CallFaults(Faults faults, Wires wires) {
        this.faults = faults;
        this.wires = wires;
    }

    /** The fault that hits a call; nothing hits the control API. */
    Optional<ActiveFault> hits(Call call, Wire wire) {
        if (call.path().startsWith("/v1/") || call.path().equals("/v1")) {
            return faults.onCall(call.rawMethod(), call.path());
        }
        return call.path().equals(SocketUpgrade.PATH) ? wire.takeHandshakeFault() : Optional.empty();
    }

    /**
     * Answers a call that is hit.
     *
     * @param work does what was asked; its answer is that of somebody who was not hit
     */
    void serve(ActiveFault hit, Call call, AnswerSender sender, Supplier<Answer> work) {
        Fault fault = hit.rule().fault();
        Stage stage = hit.rule().stage();
        if (stage != Stage.BEFORE) {
            hurt(fault, stage, work.get(), sender);
            return;
        }
        if (fault instanceof Fault.Delay delay) {
            wires.pause(delay.duration());
            sender.whole(work.get());
            return;
        }
        call.takeIn();
        hurt(fault, stage, notDone(call, hit), sender);
    }

    private static Answer notDone(Call call, ActiveFault hit) {
        return Failures.caught(call.requestId(), () -> {
            throw ApiFailure.of(
                    ErrorCode.UNAVAILABLE, "nothing was done, because the fault " + hit.id() + " was asked for");
        });
    }

    private void hurt(Fault fault, Stage stage, Answer answer, AnswerSender sender) {
        switch (fault) {
            case Fault.Status status -> sender.whole(other(status));
            case Fault.Delay delay -> delayed(delay.duration(), stage, answer, sender);
            case Fault.SlowBody slow -> slowly(slow.bytesPerSecond(), answer, sender);
            case Fault.Truncate truncate -> {
                sender.beginning(answer, truncate.afterBytes());
                throw over(fault);
            }
            case Fault.Garble garble -> sender.whole(garbled(answer));
            case Fault.Drop drop -> {
                part(stage, answer, sender);
                throw over(fault);
            }
            case Fault.Reset reset -> {
                part(stage, answer, sender);
                sender.wire().reset();
                throw over(fault);
            }
            case Fault.Stall stall -> {
                part(stage, answer, sender);
                wires.stall(sender.wire());
            }
            case MessageFault f -> throw notForCalls(f);
        }
    }

    private static IllegalStateException notForCalls(Fault fault) {
        return new IllegalStateException(fault.kind() + " hits no calls");
    }

    private static CloseConnectionException over(Fault fault) {
        return new CloseConnectionException("the connection ends by the fault " + fault.kind());
    }

    /** Sends what may go out before the end: half of it, or nothing. */
    private static void part(Stage stage, Answer answer, AnswerSender sender) {
        switch (stage) {
            case BEFORE -> {}
            case AFTER -> sender.nothing(answer);
            case STREAM -> sender.beginning(answer, answer.body().length() / 2);
        }
    }

    private void delayed(Duration time, Stage stage, Answer answer, AnswerSender sender) {
        if (stage == Stage.STREAM) {
            sender.inPieces(answer, answer.body().length() / 2 + 1, () -> wires.pause(time));
        } else {
            wires.pause(time);
            sender.whole(answer);
        }
    }

    private void slowly(int bytesPerSecond, Answer answer, AnswerSender sender) {
        int piece = Math.max(1, bytesPerSecond / SLOW_PIECES_PER_SECOND);
        Duration wait = Duration.ofSeconds(piece).dividedBy(bytesPerSecond);
        sender.inPieces(answer, piece, () -> wires.pause(wait));
    }

    private static Answer other(Fault.Status status) {
        String body = status.body().orElseGet(() -> status.code() < 400 ? "" : failure(status.code()));
        return new Answer(status.code(), status.headers(), body);
    }

    private static String failure(int status) {
        ErrorCode code = switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 409 -> ErrorCode.IDEMPOTENCY_CONFLICT;
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 422 -> ErrorCode.VALIDATION_FAILED;
            case 429 -> ErrorCode.RATE_LIMITED;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> status < 500 ? ErrorCode.MALFORMED_REQUEST : ErrorCode.INTERNAL;
        };
        return Envelope.failure(Failure.of(code, "the fake was asked to fail so"));
    }

    private static Answer garbled(Answer answer) {
        int status = answer.status() == 204 ? 200 : answer.status();
        return new Answer(status, answer.headers(), garbled(answer.body()));
    }

    /** A text that is no JSON: what follows the first half can end none that has begun. */
    static String garbled(String json) {
        return json.substring(0, json.length() / 2) + "][";
    }
}
