package dev.ludo.client.realtime;

import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.MoveCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Brings answers to those who wait for them. When the API is lost, what is not answered is lost with it, but for moves: the
 * room tells of those when it is joined again.
 */
final class Answers {
    /** What became of a command. */
    sealed interface Outcome {
        /** The API answered. */
        record Answered(RoomEvent event) implements Outcome {}

        /** The API was lost before the answer, and the room shows that the move was made. */
        record Applied() implements Outcome {}

        /** The API was lost before the answer, and the room shows that the move was not made. */
        record NotApplied(Drop drop) implements Outcome {}

        /** The API was lost before the answer, and nobody knows. */
        record Unknown(Drop drop) implements Outcome {}
    }

    /**
     * A command whose answer is awaited.
     *
     * @param command its type
     * @param requestId what comes back with its answer
     * @param move the move, if it is one
     * @param outcome what became of it
     */
    record Pending(
            String command, Optional<String> requestId, Optional<Move> move, CompletableFuture<Outcome> outcome) {
        static Pending of(String command, Optional<String> requestId, Optional<Move> move) {
            return new Pending(command, requestId, move, new CompletableFuture<>());
        }

        boolean isAnsweredBy(RoomEvent event) {
            return switch (event) {
                case RoomEvent.Ack ack -> isId(ack.requestId());
                case RoomEvent.Pong pong -> isId(pong.requestId());
                case RoomEvent.Refused refused -> refused.requestId().equals(requestId);
                case RoomEvent.StateReport report -> command.equals("state:sync");
                case RoomEvent.RoomLeft left -> command.equals("room:leave");
                default -> false;
            };
        }

        private boolean isId(Optional<String> id) {
            return id.isPresent() && id.equals(requestId);
        }

        boolean isCarriedOutBy(PieceMoved moved) {
            return moved.cause() == MoveCause.MOVED
                    && move.isPresent()
                    && move.get().pieceId().equals(moved.pieceId())
                    && move.get().targetPosition().equals(moved.position());
        }
    }

    /** A move that was sent before the API was lost. */
    private record Doubtful(Pending pending, Drop drop) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Pending> pending = new ArrayList<>(1);
    private final List<Pending> seen = new ArrayList<>(0);
    private final List<Doubtful> doubtful = new ArrayList<>(0);

    /** Whether anything is pending or doubtful, so that what is read in vain needs no lock. */
    private volatile boolean awaited;

    /** Sends a command and waits for its outcome: so long for the answer, and as long again for what the room shows. */
    Outcome await(Pending waiting, Duration within, Runnable send) {
        expect(waiting);
        boolean sent = false;
        try {
            send.run();
            sent = true;
        } finally {
            if (!sent) {
                forget(waiting);
            }
        }
        try {
            return await(waiting, within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            forget(waiting);
            throw new CommandTimeoutException(waiting.command(), "was not waited for: interrupted", e);
        }
    }

    private Outcome await(Pending waiting, Duration within) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            try {
                return waiting.outcome().get(within.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (forget(waiting)) {
                    throw new CommandTimeoutException(
                            waiting.command(), "was not answered within " + within.toMillis() + " ms", null);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("an outcome is never a failure", e);
            }
        }
        settle(d -> d.pending().equals(waiting) ? Optional.of(new Outcome.Unknown(d.drop())) : Optional.empty());
        return waiting.outcome().join(); // of just now, or from before
    }

    private void expect(Pending waiting) {
        lock.lock();
        try {
            pending.add(waiting);
            awaited = true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up waiting for an answer; false if it is there already, or there will be none. */
    private boolean forget(Pending given) {
        lock.lock();
        try {
            seen.remove(given);
            boolean forgotten = pending.remove(given);
            noteWhetherAwaited();
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    private void noteWhetherAwaited() {
        awaited = !pending.isEmpty() || !doubtful.isEmpty();
    }

    /** Looks at what was read: brings an answer to the one that has waited for it longest, and notes moves. */
    void look(RoomEvent event) {
        if (!awaited) {
            return;
        }
        if (event instanceof PieceMoved moved) {
            noteMove(moved);
            return;
        }
        lock.lock();
        try {
            for (Pending waiting : pending) {
                if (waiting.isAnsweredBy(event)) {
                    pending.remove(waiting);
                    seen.remove(waiting);
                    noteWhetherAwaited();
                    waiting.outcome().complete(new Outcome.Answered(event));
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
        settle(d -> d.pending().isAnsweredBy(event) ? Optional.of(new Outcome.Answered(event)) : Optional.empty());
    }

    private void noteMove(PieceMoved moved) {
        lock.lock();
        try {
            pending.stream().filter(p -> p.isCarriedOutBy(moved)).forEach(seen::add);
        } finally {
            lock.unlock();
        }
        settle(d -> d.pending().isCarriedOutBy(moved) ? Optional.of(new Outcome.Applied()) : Optional.empty());
    }

    /** The API is lost: there will be no answers to what was sent, but to moves perhaps. */
    void dropped(Drop drop) {
        lock.lock();
        try {
            for (Pending waiting : pending) {
                if (seen.contains(waiting)) {
                    waiting.outcome().complete(new Outcome.Applied());
                } else if (waiting.move().isPresent()) {
                    doubtful.add(new Doubtful(waiting, drop));
                } else {
                    waiting.outcome().complete(new Outcome.Unknown(drop));
                }
            }
            pending.clear();
            seen.clear();
            noteWhetherAwaited();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is a move of which nobody knows yet whether it was made. */
    boolean isInDoubt() {
        lock.lock();
        try {
            return !doubtful.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** All that happened meanwhile has been seen. */
    void caughtUp() {
        settle(d -> Optional.of(new Outcome.NotApplied(d.drop())));
    }

    /** What happened meanwhile is lost; a state may tell. */
    void resynced(Function<Move, Optional<Boolean>> wasApplied) {
        settle(d -> Optional.of(wasApplied
                .apply(d.pending().move().orElseThrow())
                .map(applied -> applied ? new Outcome.Applied() : new Outcome.NotApplied(d.drop()))
                .orElseGet(() -> new Outcome.Unknown(d.drop()))));
    }

    /** Nothing will be seen any more. */
    void ended() {
        settle(d -> Optional.of(new Outcome.Unknown(d.drop())));
    }

    private void settle(Function<Doubtful, Optional<Outcome>> verdict) {
        lock.lock();
        try {
            doubtful.removeIf(d -> {
                Optional<Outcome> outcome = verdict.apply(d);
                outcome.ifPresent(d.pending().outcome()::complete);
                return outcome.isPresent();
            });
            noteWhetherAwaited();
        } finally {
            lock.unlock();
        }
    }
}
