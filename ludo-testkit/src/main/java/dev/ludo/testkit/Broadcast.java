package dev.ludo.testkit;

import dev.ludo.core.event.RoomMessage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a room tells everybody. It is written once for all sockets, by the first that sends it; thread-safe. */
final class Broadcast implements OutFrame {
    private final RoomMessage message;
    private final Dialect dialect;
    private final ReentrantLock lock = new ReentrantLock();
    private byte @Nullable [] frame;

    Broadcast(RoomMessage message, Dialect dialect) {
        this.message = message;
        this.dialect = dialect;
    }

    RoomMessage message() {
        return message;
    }

    @Override
    public String type() {
        return message.event().type();
    }

    @Override
    public byte[] get() {
        lock.lock();
        try {
            byte[] written = frame;
            if (written == null) {
                written = Frames.text(dialect.write(message));
                frame = written;
            }
            return written;
        } finally {
            lock.unlock();
        }
    }
}
