package dev.ludo.server.guard;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.server.guard.RateLimiter.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The limits that clients of the proxy are held to. Thread-safe. */
public final class RateLimits {
    /** How many codes of rooms that do not exist a client may try in a minute: it is looking for a room that is not its own. */
    public static final int UNKNOWN_ROOMS = 30;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Optional<RateLimiter> calls;
    private final RateLimiter unknownRooms;

    private RateLimits(Optional<RateLimiter> calls, RateLimiter unknownRooms) {
        this.calls = calls;
        this.unknownRooms = unknownRooms;
    }

    /**
     * Limits that are counted in this process.
     *
     * @param callsPerMinute how many calls a client may make in a minute, 0 for any number
     * @param nanoTime the clock that is counted by
     * @param clock the clock that answers tell times by
     * @return the limits
     */
    public static RateLimits local(int callsPerMinute, LongSupplier nanoTime, Clock clock) {
        return new RateLimits(
                callsPerMinute == 0
                        ? Optional.empty()
                        : Optional.of(RateLimiter.local(callsPerMinute, MINUTE, nanoTime, clock)),
                RateLimiter.local(UNKNOWN_ROOMS, MINUTE, nanoTime, clock));
    }

    /**
     * Counts a call.
     *
     * @param caller who calls
     * @return whether it may, or empty if calls are not limited
     */
    public Optional<Verdict> call(Caller caller) {
        return calls.map(limiter -> limiter.take(caller.client()));
    }

    /**
     * Counts a call, for which there is no answer that could tell what is left.
     *
     * @param caller who calls
     * @throws Refusal if it has made too many
     */
    public void mayCall(Caller caller) {
        Optional<Verdict> verdict = call(caller);
        if (verdict.isPresent() && !verdict.get().allowed()) {
            throw tooMany(verdict.get());
        }
    }

    /**
     * Refuses a call too many.
     *
     * @param verdict what was said of it
     * @return the refusal, which says when the next one may be made
     */
    public static Refusal tooMany(Verdict verdict) {
        return Refusal.of(ErrorCode.RATE_LIMITED, "Too many calls.")
                .with("Retry-After", Long.toString(verdict.retryAfter()));
    }

    /**
     * How many clients are remembered for the calls that they made.
     *
     * @return how many, 0 if calls are not limited
     */
    public int clients() {
        return calls.map(limiter -> Math.toIntExact(limiter.clients())).orElse(0);
    }

    /**
     * How many clients are remembered for having asked for rooms that do not exist.
     *
     * @return how many
     */
    public int seekers() {
        return Math.toIntExact(unknownRooms.clients());
    }

    /**
     * Lets nobody ask for a room who has asked for too many that do not exist.
     *
     * @param caller who asks
     * @throws Refusal if it has
     */
    public void mayAskForRoom(Caller caller) {
        Verdict verdict = unknownRooms.look(caller.client());
        if (!verdict.allowed()) {
            throw Refusal.of(ErrorCode.RATE_LIMITED, "Too many rooms were asked for that do not exist.")
                    .with("Retry-After", Long.toString(verdict.retryAfter()));
        }
    }

    /**
     * Counts a room that does not exist.
     *
     * @param caller who asked for it
     */
    public void roomWasUnknown(Caller caller) {
        unknownRooms.charge(caller.client());
    }
}
