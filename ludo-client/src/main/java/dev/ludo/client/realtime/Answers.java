package dev.ludo.client.realtime;

import dev.ludo.core.error.CommandRejectedException;
import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.error.DisconnectedException;
import dev.ludo.core.error.Failure;
import dev.ludo.core.event.RoomEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings answers to those who wait for them. */
final class Answers {
    /** What became of a command. */
    sealed interface Outcome {
        /** The API answered. */
        record Answered(RoomEvent event) implements Outcome {}

        /** The connection ended first. */
        record Gone(Closed how) implements Outcome {
            DisconnectedException asFailureOf(String command) {
                return new DisconnectedException(
                        command, how.code(), how.reason(), how.cause().orElse(null));
            }
        }
    }

    /** A command whose answer is awaited. */
    record Pending(String command, Optional<String> requestId, CompletableFuture<Outcome> outcome) {
        boolean isAnsweredBy(RoomEvent event) {
            return switch (event) {
                case RoomEvent.Ack ack -> isId(ack.requestId());
                case RoomEvent.Pong pong -> isId(pong.requestId());
                case RoomEvent.Refused refused -> refused.requestId().equals(requestId);
                case RoomEvent.RoomJoined joined -> command.equals("room:join") || command.equals("room:watch");
                case RoomEvent.StateReport report -> command.equals("state:sync");
                case RoomEvent.RoomLeft left -> command.equals("room:leave");
                default -> false;
            };
        }

        private boolean isId(Optional<String> id) {
            return id.isPresent() && id.equals(requestId);
        }
    }

    private final List<Pending> pending = new ArrayList<>();

    /**
     * Sends a command and waits for its outcome.
     *
     * @throws CommandRejectedException if the API said no
     * @throws CommandTimeoutException if there was no outcome in time
     */
    Outcome await(String command, Optional<String> requestId, Duration within, Runnable send) {
        Pending waiting = expect(command, requestId);
        boolean sent = false;
        try {
            send.run();
            sent = true;
        } finally {
            if (!sent) {
                forget(waiting);
            }
        }
        Outcome outcome = await(waiting, within);
        if (outcome instanceof Outcome.Answered(RoomEvent.Refused no)) {
            throw new CommandRejectedException(
                    command, new Failure(no.message(), no.code(), List.of(), no.requestId()));
        }
        return outcome;
    }

    private Outcome await(Pending waiting, Duration within) {
        CommandTimeoutException why;
        try {
            return waiting.outcome().get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            why = new CommandTimeoutException(
                    waiting.command(), "was not answered within " + within.toMillis() + " ms", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = new CommandTimeoutException(waiting.command(), "was not waited for: interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an outcome is never a failure", e);
        }
        if (forget(waiting)) {
            throw why;
        }
        return waiting.outcome().join(); // it came just now
    }

    private synchronized Pending expect(String command, Optional<String> requestId) {
        Pending added = new Pending(command, requestId, new CompletableFuture<>());
        pending.add(added);
        return added;
    }

    /** Gives up waiting; false if the outcome is there already. */
    private synchronized boolean forget(Pending given) {
        return pending.remove(given);
    }

    /** Brings an answer to the one that has waited for it longest; false if nobody waits for it. */
    synchronized boolean resolve(RoomEvent event) {
        for (Pending waiting : pending) {
            if (waiting.isAnsweredBy(event)) {
                pending.remove(waiting);
                waiting.outcome().complete(new Outcome.Answered(event));
                return true;
            }
        }
        return false;
    }

    /** Tells all that wait that there will be no answer. */
    synchronized void gone(Closed how) {
        pending.forEach(p -> p.outcome().complete(new Outcome.Gone(how)));
        pending.clear();
    }
}
