package dev.ludo.client.realtime;

import dev.ludo.core.error.CommandException;
import dev.ludo.core.error.CommandRejectedException;
import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.error.DisconnectedException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.LudoException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.CloseCode.After;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * How one attempt at being in a room has ended, and what that means for the next.
 *
 * @param drop what to tell
 * @param after whether to come back
 * @param hint how long the API asks to wait before that, if it does
 * @param useful whether it led to anything
 * @param failure what to throw at who has asked for it
 */
record Attempt(Drop drop, After after, Optional<Duration> hint, boolean useful, RuntimeException failure) {

    /** No socket came about. */
    static Attempt notConnected(RuntimeException e) {
        Optional<Duration> hint = e instanceof RejectedException no ? no.retryAfter() : Optional.empty();
        return new Attempt(Drop.failed(e), isForGood(e) ? After.FAIL : After.RECONNECT, hint, false, e);
    }

    // What is neither the API's no nor an untrusted machine may be different the next time: a proxy on the way that
    // wants a
    // login answers with a redirect or a page of its own.
    private static boolean isForGood(RuntimeException e) {
        return switch (e) {
            case RejectedException no ->
                no.status() >= 400
                        && no.status() < 500
                        && no.status() != 408
                        && no.status() != 425
                        && no.status() != 429;
            case TransportException lost -> isUntrusted(lost);
            case LudoException other -> false;
            default -> true;
        };
    }

    private static boolean isUntrusted(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    /** The API did not take the client into the room. */
    static Attempt refused(CommandRejectedException no) {
        Drop drop = new Drop(closeCode(no.code()), String.valueOf(no.getMessage()), Drop.By.API, Optional.of(no));
        return new Attempt(drop, drop.closeCode().after(), Optional.empty(), false, no);
    }

    // What the API would have closed with, had it closed in place of answering.
    private static int closeCode(ErrorCode code) {
        return switch (code) {
            case ROOM_CLOSED, GAME_OVER -> 1000;
            case UNAUTHORIZED -> 4401;
            case FORBIDDEN -> 4403;
            case NOT_FOUND, ROOM_NOT_FOUND -> 4404;
            case RATE_LIMITED -> 4429;
            case INTERNAL, UPSTREAM_ERROR -> 1011;
            case UNAVAILABLE, UPSTREAM_UNAVAILABLE, UPSTREAM_TIMEOUT -> 1013;
            default -> 4400;
        };
    }

    /** The socket ended, before or after the client was in the room. */
    static Attempt ended(Drop drop, boolean useful, String entry) {
        return new Attempt(drop, drop.closeCode().after(), Optional.empty(), useful, failure(drop, entry));
    }

    private static CommandException failure(Drop drop, String entry) {
        Optional<ErrorCode> no = drop.by() == Drop.By.API ? refusal(drop.closeCode()) : Optional.empty();
        if (no.isPresent()) {
            String closed = "closed with " + drop.code();
            String why = drop.reason().isEmpty() ? closed : drop.reason() + " (" + closed + ')';
            return new CommandRejectedException(entry, Failure.of(no.get(), why));
        }
        return new DisconnectedException(
                entry, drop.code(), drop.reason(), drop.cause().orElse(null));
    }

    // What the API would have answered with, had it answered in place of closing.
    private static Optional<ErrorCode> refusal(CloseCode code) {
        return switch (code) {
            case MALFORMED -> Optional.of(ErrorCode.MALFORMED_REQUEST);
            case UNAUTHORIZED -> Optional.of(ErrorCode.UNAUTHORIZED);
            case FORBIDDEN -> Optional.of(ErrorCode.FORBIDDEN);
            case NO_SUCH_ROOM -> Optional.of(ErrorCode.ROOM_NOT_FOUND);
            default -> Optional.empty();
        };
    }

    /** The connection is meant to end. */
    static Attempt wanted(Drop drop, RuntimeException failure) {
        return new Attempt(drop, After.END, Optional.empty(), false, failure);
    }

    /** The API did not answer the join. */
    static Attempt late(CommandTimeoutException e) {
        return new Attempt(Drop.failed(e), After.RECONNECT, Optional.empty(), false, e);
    }

    /** The same, after which there will be no other. */
    Attempt lastOf(int attempts) {
        Drop told = new Drop(
                drop.code(), "gave up after " + attempts + " attempts: " + drop.reason(), drop.by(), drop.cause());
        return new Attempt(told, After.FAIL, hint, useful, failure);
    }

    boolean mayComeBack() {
        return after == After.RECONNECT;
    }
}
