package dev.ludo.server.throttle;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What is wrong now, which is told once and not each time that it is found. Thread-safe. */
public final class Trouble {
    private final AtomicReference<String> reason = new AtomicReference<>("");

    /** Nothing is wrong. */
    public Trouble() {}

    /**
     * Something is wrong.
     *
     * @param why what
     * @return whether that is new: nothing, or something else, was wrong before
     */
    public boolean begin(Throwable why) {
        String now = Optional.ofNullable(why.getMessage()).orElseGet(why::toString);
        return !now.equals(reason.getAndSet(now));
    }

    /** Nothing is wrong any more. */
    public void end() {
        reason.set("");
    }

    /**
     * What is wrong.
     *
     * @return in words; empty if nothing is
     */
    public String reason() {
        return reason.get();
    }
}
