package dev.ludo.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The time by which a fake lives: turn times, the life of rooms, the expiry of tokens, rate windows, bots. It never goes
 * back, and it counts in whole milliseconds.
 *
 * <p>A {@linkplain #ticking() ticking} clock runs with real time plus what was advanced; a {@linkplain #manual manual} one
 * moves only when it is advanced. A clock belongs to one fake at a time. Give the same clock to the code under test (it is
 * an {@link InstantSource}), and both agree on what time it is.
 *
 * <p>Thread-safe.
 */
public final class VirtualClock implements InstantSource {
    /** The most that one call may advance, far from where times can no longer be written: about a hundred years. */
    static final Duration LONGEST_STEP = Duration.ofDays(36_500);

    private final InstantSource base;
    private final boolean standsStill;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Optional<Consumer<Duration>>> owner = new AtomicReference<>(Optional.empty());

    private VirtualClock(InstantSource base, boolean standsStill) {
        this.base = base;
        this.standsStill = standsStill;
    }

    /**
     * A clock that runs with real time plus what was advanced.
     *
     * @return a new clock
     */
    public static VirtualClock ticking() {
        return new VirtualClock(Clock.systemUTC(), false);
    }

    /**
     * A clock that stands still until it is advanced.
     *
     * @param start the time that it shows first
     * @return a new clock
     */
    public static VirtualClock manual(Instant start) {
        return new VirtualClock(InstantSource.fixed(start), true);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get()).truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Moves time on. What falls due in the fake on the way is done in its order, each at its own time, and all of it is
     * done when this returns: turns that time out, rooms that close, bots that play.
     *
     * @param by how far, not negative, at most 36,500 days; with zero, what is due now is done
     * @throws IllegalArgumentException out of range
     */
    public void advance(Duration by) {
        if (by.isNegative() || by.compareTo(LONGEST_STEP) > 0) {
            throw new IllegalArgumentException("advance must be 0 to 36500 days, was " + by);
        }
        owner.get()
                .ifPresentOrElse(fake -> fake.accept(by), () -> moveTo(instant().plus(by)));
    }

    /** Whether waiting in real time is no use. */
    boolean standsStill() {
        return standsStill;
    }

    /** Jumps forward; what lies in the past is not gone back to. */
    void moveTo(Instant time) {
        ahead.updateAndGet(before -> {
            Duration missing = Duration.between(base.instant().plus(before), time);
            return missing.isPositive() ? before.plus(missing) : before;
        });
    }

    /** Lets someone else do the advancing, who knows what falls due on the way. */
    void attach(Consumer<Duration> fake) {
        if (!owner.compareAndSet(Optional.empty(), Optional.of(fake))) {
            throw new IllegalStateException("this clock belongs to another fake that is still open");
        }
    }

    void detach() {
        owner.set(Optional.empty());
    }
}
