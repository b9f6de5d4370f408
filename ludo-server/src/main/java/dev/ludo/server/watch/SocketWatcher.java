package dev.ludo.server.watch;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.server.realtime.Gallery.Seat;
import dev.ludo.server.realtime.Gallery.Viewer;
import dev.ludo.server.realtime.ProxyMessages;
import org.jspecify.annotations.Nullable;

/** Who watches by a socket. Thread-safe. */
final class SocketWatcher implements Watcher, Seat {
    private final Viewer viewer;
    private volatile @Nullable Hub hub;
    private volatile boolean left;

    SocketWatcher(Viewer viewer) {
        this.viewer = viewer;
    }

    /** Knows in which hub it is. */
    void in(Hub where) {
        hub = where;
    }

    @Override
    public WatcherKind kind() {
        return WatcherKind.SOCKET;
    }

    @Override
    public boolean offer(byte[] bytes, int count) {
        return viewer.show(bytes, count);
    }

    @Override
    public void cut() {
        if (left) {
            return;
        }
        viewer.cut();
    }

    @Override
    public void end(FeedEnd end) {
        if (left) {
            return; // it is a player's socket by now
        }
        if (end.kind() == FeedEnd.Kind.UNSUPPORTED) {
            byte[] json =
                    ProxyMessages.error(ErrorCode.NOT_SUPPORTED.name(), "The Ludo API lets nobody watch rooms.", "");
            viewer.show(RoomText.unnumbered(json, Reading.ERROR).bytes(WatcherKind.SOCKET), 1);
        }
        viewer.close(end.code(), end.reason());
    }

    @Override
    public void askForState() {
        Hub where = hub;
        if (where != null) {
            where.askForState(this);
        }
    }

    @Override
    public void leave() {
        left = true;
        Hub where = hub;
        if (where != null) {
            where.leave(this);
        }
    }
}
