package dev.ludo.client.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Leaves a host alone that fails too often, so that nobody waits for what will not come and the host can recover.
 *
 * <p><i>Closed</i>, everything passes and results are counted; when enough of the recent calls failed it opens. <i>Open</i>,
 * nothing passes; after a while it becomes <i>half-open</i>, where a few trial calls pass at once. When as many have succeeded as
 * there are trials, it closes; when one fails it opens again, each time for twice as long up to a limit.
 *
 * <p>Whoever {@linkplain #tryEnter enters} tells the result by the ticket that came of it, exactly once. Results of calls that
 * began in an earlier state are not counted: a slow failure from before the outage was noticed cannot reopen the circuit.
 *
 * <p>Thread-safe. It has no thread of its own: it turns half-open when somebody asks.
 */
public final class CircuitBreaker {
    /** The ticket of who may not pass. */
    public static final long REFUSED = -1;

    /** What the breaker lets through. */
    public enum State {
        /** Everything. */
        CLOSED,
        /** Nothing. */
        OPEN,
        /** A few trial calls. */
        HALF_OPEN
    }

    /** Is told of changes. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The state has changed. Called by the thread whose call changed it, without any lock.
         *
         * @param from what it was
         * @param to what it is
         */
        void changed(State from, State to);
    }

    private final CircuitBreakerConfig config;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final ResultWindow window;

    private State state = State.CLOSED;
    private long era; // one for each change of state: a ticket of another era does not count
    private long openUntil;
    private Duration openTime;
    private int trialsUnderWay;
    private int trialsPassed;

    /**
     * A closed breaker.
     *
     * @param config when to open, and for how long
     * @param nanoTime a clock that only runs forward, such as {@link System#nanoTime}
     * @param listener is told of changes
     */
    public CircuitBreaker(CircuitBreakerConfig config, LongSupplier nanoTime, Listener listener) {
        this.config = config;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.openTime = config.openTime();
        this.window = new ResultWindow(config.window().toNanos(), nanoTime.getAsLong());
    }

    /**
     * Asks to make a call.
     *
     * @return a ticket, for exactly one of {@link #succeeded}, {@link #failed} and {@link #ignored}; or {@link #REFUSED}
     */
    public long tryEnter() {
        State before;
        State after;
        long ticket;
        lock.lock();
        try {
            before = state;
            if (state == State.OPEN && nanoTime.getAsLong() - openUntil >= 0) {
                become(State.HALF_OPEN);
            }
            ticket = admit();
            after = state;
        } finally {
            lock.unlock();
        }
        tell(before, after);
        return ticket;
    }

    private long admit() {
        return switch (state) {
            case CLOSED -> era;
            case OPEN -> REFUSED;
            case HALF_OPEN -> {
                if (trialsUnderWay + trialsPassed == config.trials()) {
                    yield REFUSED;
                }
                trialsUnderWay++;
                yield era;
            }
        };
    }

    /**
     * The call succeeded.
     *
     * @param ticket from {@link #tryEnter}
     */
    public void succeeded(long ticket) {
        settle(ticket, Result.SUCCESS);
    }

    /**
     * The call failed in a way that says that the host is not well.
     *
     * @param ticket from {@link #tryEnter}
     */
    public void failed(long ticket) {
        settle(ticket, Result.FAILURE);
    }

    /**
     * The call ended in a way that says nothing about the host, such as by an interrupt. It is not counted.
     *
     * @param ticket from {@link #tryEnter}
     */
    public void ignored(long ticket) {
        settle(ticket, Result.NOTHING);
    }

    private enum Result {
        SUCCESS,
        FAILURE,
        NOTHING
    }

    private void settle(long ticket, Result result) {
        State before;
        State after;
        lock.lock();
        try {
            if (ticket != era) {
                return;
            }
            before = state;
            if (state == State.CLOSED) {
                count(result);
            } else {
                judgeTrial(result);
            }
            after = state;
        } finally {
            lock.unlock();
        }
        tell(before, after);
    }

    private void count(Result result) {
        if (result == Result.NOTHING) {
            return;
        }
        long now = nanoTime.getAsLong();
        window.add(result == Result.FAILURE, now);
        int calls = window.calls(now);
        if (result == Result.FAILURE
                && calls >= config.minimumCalls()
                && window.failures(now) >= config.failureRate() * calls) {
            openTime = config.openTime();
            become(State.OPEN);
        }
    }

    private void judgeTrial(Result result) {
        trialsUnderWay--;
        if (result == Result.FAILURE) {
            Duration doubled = openTime.multipliedBy(2);
            openTime = doubled.compareTo(config.maxOpenTime()) > 0 ? config.maxOpenTime() : doubled;
            become(State.OPEN);
        } else if (result == Result.SUCCESS && ++trialsPassed == config.trials()) {
            become(State.CLOSED);
        }
    }

    private void become(State next) {
        state = next;
        era++;
        trialsUnderWay = 0;
        trialsPassed = 0;
        window.clear();
        if (next == State.OPEN) {
            openUntil = nanoTime.getAsLong() + openTime.toNanos();
        }
    }

    private void tell(State before, State after) {
        if (before != after) {
            listener.changed(before, after);
        }
    }

    /**
     * The state now. An open breaker whose time has passed is half-open from the next call on.
     *
     * @return the state
     */
    public State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How long nothing will pass.
     *
     * @return the rest of the time for which it is open; empty unless it is
     */
    public Optional<Duration> retryAfter() {
        lock.lock();
        try {
            return state == State.OPEN
                    ? Optional.of(Duration.ofNanos(Math.max(0, openUntil - nanoTime.getAsLong())))
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
