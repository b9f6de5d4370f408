package dev.ludo.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The faults of one fake. Each call and each message is hit by one fault at most: the oldest that fits. A fault that has hit
 * as often as it was to is gone. Thread-safe.
 */
public final class Faults {
    /** Keeps a fault's luck away from the fake's dice, which have the streams seed, seed + 1, … */
    private static final long APART = 0xFA_17_0000_0000_0000L;

    private final long seed;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<FaultSchedule> schedules = new ArrayList<>();
    /** Replaced, never changed, so that to see that there is none costs nothing. */
    private volatile List<ActiveFault> active = List.of();

    private int count;

    /**
     * None yet. A fake has its own already; this is for whoever builds another server to test against.
     *
     * @param seed where the luck of rules without a seed comes from
     */
    public Faults(long seed) {
        this.seed = seed;
    }

    <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a fault. It hits from the next call or message on, after those that were added before.
     *
     * @param rule what goes wrong, and when
     * @return the fault at work
     */
    public ActiveFault add(FaultRule rule) {
        return locked(() -> {
            count++;
            ActiveFault fault = new ActiveFault("flt_" + count, rule, (seed ^ APART) + count, this);
            List<ActiveFault> more = new ArrayList<>(active);
            more.add(fault);
            active = List.copyOf(more);
            return fault;
        });
    }

    /**
     * Adds all faults of a schedule, in its order.
     *
     * @param schedule the faults
     * @return the faults at work
     */
    public List<ActiveFault> add(FaultSchedule schedule) {
        return locked(() -> {
            schedules.add(schedule);
            return schedule.rules().stream().map(this::add).toList();
        });
    }

    /**
     * The faults that may still hit.
     *
     * @return them, the oldest first
     */
    public List<ActiveFault> list() {
        return active;
    }

    /**
     * Ends one fault.
     *
     * @param id its name
     * @return whether it was there
     */
    public boolean remove(String id) {
        return locked(() -> {
            List<ActiveFault> less =
                    active.stream().filter(fault -> !fault.id().equals(id)).toList();
            boolean there = less.size() < active.size();
            active = less;
            return there;
        });
    }

    /** Ends all faults; those to come have new names. */
    public void clear() {
        locked(() -> {
            schedules.clear();
            active = List.of();
            return true;
        });
    }

    /** Ends all faults; those to come have the names and the luck of the first. */
    public void reset() {
        locked(() -> {
            clear();
            count = 0;
            return true;
        });
    }

    /**
     * A server asks whether a call is hit, once for each call.
     *
     * @param method such as {@code POST}
     * @param path without the query
     * @return the fault that hits it
     */
    public Optional<ActiveFault> onCall(String method, String path) {
        return active.isEmpty() ? Optional.empty() : strike(rule -> rule.fitsCall(method, path));
    }

    /**
     * A server asks whether a message is hit, once for each message and receiver.
     *
     * @param way which way it goes
     * @param type its type
     * @return the fault that hits it
     */
    public Optional<ActiveFault> onMessage(Direction way, String type) {
        return active.isEmpty() ? Optional.empty() : strike(rule -> rule.fitsMessage(way, type));
    }

    /**
     * A server asks whether a ping, the frame, stays without its pong.
     *
     * @return the fault that hits it
     */
    public Optional<ActiveFault> onPing() {
        return active.isEmpty() ? Optional.empty() : strike(FaultRule::fitsPing);
    }

    private Optional<ActiveFault> strike(Predicate<FaultRule> fits) {
        return locked(() -> {
            for (ActiveFault fault : active) {
                if (fault.strikes(fits)) {
                    if (fault.isSpent()) {
                        remove(fault.id());
                    }
                    return Optional.of(fault);
                }
            }
            return Optional.empty();
        });
    }

    /** The schedules that were added and the faults that may still hit, a line each: what it takes to repeat a run. */
    @Override
    public String toString() {
        return locked(() -> {
            String planned = schedules.stream().map(schedule -> schedule + "\n").collect(Collectors.joining());
            return planned
                    + (active.isEmpty()
                            ? "no fault may still hit"
                            : active.stream().map(ActiveFault::toString).collect(Collectors.joining("\n")));
        });
    }
}
