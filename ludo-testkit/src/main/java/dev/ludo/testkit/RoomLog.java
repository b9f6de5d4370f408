package dev.ludo.testkit;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a room has told everybody, numbered from 1; the last ones are kept. Guarded by the world's lock. */
final class RoomLog {
    private final String epoch;
    private final int window;
    private final Dialect dialect;
    private final InstantSource clock;
    private final Deque<Broadcast> kept = new ArrayDeque<>();
    private final Audience audience = new Audience();
    private long top;

    /** A log that keeps so many. */
    RoomLog(String epoch, int window, Dialect dialect, InstantSource clock) {
        this.epoch = epoch;
        this.window = window;
        this.dialect = dialect;
        this.clock = clock;
    }

    void append(RoomEvent event) {
        top++;
        Broadcast broadcast = new Broadcast(
                new RoomMessage(event, Optional.of(new Sequence(epoch, top)), Optional.of(clock.instant())), dialect);
        kept.add(broadcast);
        if (kept.size() > window) {
            kept.remove();
        }
        if (dialect.speaksOf(event)) {
            audience.tell(broadcast);
        }
    }

    /** Who is told at once, over a socket. */
    Audience audience() {
        return audience;
    }

    String epoch() {
        return epoch;
    }

    /** The number of the last message; 0 before the first. */
    long top() {
        return top;
    }

    /** What was told after a number, as far as it is kept. */
    List<RoomMessage> after(long seq) {
        return broadcastsAfter(seq).map(Broadcast::message).toList();
    }

    private Stream<Broadcast> broadcastsAfter(long seq) {
        return kept.stream().skip(Math.max(0, kept.size() - (top - seq)));
    }

    /** All that was told after a message, or empty if that is not known, or no longer. */
    Optional<List<Broadcast>> since(Sequence last) {
        boolean known = dialect == Dialect.WHOLE
                && last.epoch().equals(epoch)
                && last.seq() <= top
                && last.seq() >= top - kept.size();
        return known ? Optional.of(broadcastsAfter(last.seq()).toList()) : Optional.empty();
    }
}
