package dev.ludo.client.realtime;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has to tell, to be taken by whoever asks for it. It blocks until there is something; the last element is
 * the {@link ConnectionEvent.Closed}. Up to 256 messages wait; then nothing is read from the socket any more until some have
 * been taken, and the API may end the connection with 4410.
 *
 * <p>For one thread at a time. Commands may be given by it, too: their answers do not wait for what is to be taken.
 */
public final class RoomEvents implements Iterator<RoomNotice> {
    private final Notices notices;
    private @Nullable RoomNotice ahead;

    RoomEvents(Notices notices) {
        this.notices = notices;
    }

    /**
     * Whether something is still to come; waits until that is known.
     *
     * @return false after the {@link ConnectionEvent.Closed} was taken, or if the connection could not be opened
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    @Override
    public boolean hasNext() {
        return look(Mailbox.FOREVER) != null;
    }

    /**
     * Takes the next notice, after waiting for it.
     *
     * @return the notice
     * @throws NoSuchElementException if there is none and will be none
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    @Override
    public RoomNotice next() {
        RoomNotice notice = look(Mailbox.FOREVER);
        if (notice == null) {
            throw new NoSuchElementException("the connection has ended");
        }
        ahead = null;
        return notice;
    }

    /**
     * Takes the next notice, if it comes in time.
     *
     * @param atMost how long to wait for it
     * @return the notice; empty if there was none in time, or will be none
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public Optional<RoomNotice> poll(Duration atMost) {
        Optional<RoomNotice> notice = Optional.ofNullable(look(atMost.toNanos()));
        ahead = null;
        return notice;
    }

    private @Nullable RoomNotice look(long nanos) {
        RoomNotice known = ahead;
        if (known != null) {
            return known;
        }
        try {
            RoomNotice taken = notices.take(nanos);
            ahead = taken;
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("interrupted while waiting for a notice").initCause(e);
        }
    }
}
