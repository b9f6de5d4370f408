package dev.ludo.client.realtime;

import dev.ludo.client.realtime.RoomNotice.Diverged;
import org.jspecify.annotations.Nullable;

/** What is in the mailbox, with the local view of the game brought up to each notice before it is told. For one thread. */
final class Notices {
    private final Mailbox mailbox;
    private final GameView view;
    private @Nullable Diverged report;

    Notices(Mailbox mailbox, GameView view) {
        this.mailbox = mailbox;
        this.view = view;
    }

    /** As {@link Mailbox#take}. */
    @Nullable
    RoomNotice take(long nanos) throws InterruptedException {
        Diverged due = report;
        if (due != null) {
            report = null;
            return due;
        }
        RoomNotice notice = mailbox.take(nanos);
        if (notice != null) {
            report = view.see(notice).orElse(null);
        }
        return notice;
    }

    boolean isOver() {
        return report == null && mailbox.isOver();
    }
}
