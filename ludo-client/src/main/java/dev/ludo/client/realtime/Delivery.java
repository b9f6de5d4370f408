package dev.ludo.client.realtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Takes notices out of the mailbox and tells the handlers: one after the other, on a thread of its own, and at last the end. */
final class Delivery {
    private final Notices notices;
    private final Handlers handlers;
    private volatile @Nullable Thread thread;

    Delivery(Notices notices, Handlers handlers) {
        this.notices = notices;
        this.handlers = handlers;
    }

    void start() {
        Thread made = Thread.ofVirtual().name("ludo-room-events").unstarted(this::run);
        thread = made;
        made.start();
    }

    private void run() {
        while (!notices.isOver()) {
            try {
                RoomNotice notice = notices.take(Mailbox.FOREVER);
                if (notice != null) {
                    handlers.tell(notice);
                }
            } catch (InterruptedException e) {
                // it was meant for a handler that has returned meanwhile; the end is still to be told
            }
        }
    }

    boolean isThisThread() {
        return Thread.currentThread().equals(thread);
    }

    /** Waits until the end has been delivered; true if it has, or nothing ever will be. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        Thread running = thread;
        return running == null || running.join(Duration.ofNanos(Math.max(0, nanos)));
    }

    void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
