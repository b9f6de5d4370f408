package dev.ludo.client.realtime;

import dev.ludo.client.realtime.ConnectionEvent.Resynced;
import dev.ludo.client.realtime.RoomNotice.Received;
import dev.ludo.client.realtime.RoomNotice.Unreadable;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to be told what. Each handler is called for itself: what one throws, the others do not feel. */
final class Handlers {
    private static final System.Logger LOGGER = System.getLogger(RoomConnection.class.getName());

    private final List<Consumer<RoomNotice>> all = new CopyOnWriteArrayList<>();
    private final List<Consumer<Throwable>> errors = new CopyOnWriteArrayList<>();

    <N extends RoomNotice> void onNotice(Class<N> type, Consumer<? super N> handler) {
        all.add(notice -> {
            if (type.isInstance(notice)) {
                handler.accept(type.cast(notice));
            }
        });
    }

    <E extends RoomEvent> void on(Class<E> type, Consumer<? super E> handler) {
        onMessage(message -> {
            if (type.isInstance(message.event())) {
                handler.accept(type.cast(message.event()));
            }
        });
    }

    void onMessage(Consumer<RoomMessage> handler) {
        all.add(notice -> {
            if (notice instanceof Received(RoomMessage message)) {
                handler.accept(message);
            }
        });
    }

    void onState(Consumer<GameState> handler) {
        all.add(notice -> state(notice).ifPresent(handler));
    }

    /** The whole game, if a notice has it. */
    static Optional<GameState> state(RoomNotice notice) {
        if (notice instanceof Resynced resynced) {
            return resynced.state();
        }
        if (!(notice instanceof Received(RoomMessage message))) {
            return Optional.empty();
        }
        return switch (message.event()) {
            case RoomEvent.RoomJoined joined -> joined.state();
            case RoomEvent.GameStarted started -> Optional.of(started.state());
            case RoomEvent.StateReport report -> Optional.of(report.state());
            default -> Optional.empty();
        };
    }

    void onError(Consumer<Throwable> handler) {
        errors.add(handler);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void tell(RoomNotice notice) {
        if (notice instanceof Unreadable(var defect)) {
            LOGGER.log(System.Logger.Level.WARNING, "a message could not be read: " + defect.getMessage());
        }
        for (Consumer<RoomNotice> handler : all) {
            try {
                handler.accept(notice);
            } catch (Throwable e) { // also an Error, such as that of a failed assertion, is the handler's own affair
                LOGGER.log(System.Logger.Level.WARNING, () -> "a handler failed on " + name(notice), e);
                report(e);
            }
        }
    }

    private static String name(RoomNotice notice) {
        return notice instanceof Received(RoomMessage message)
                ? message.event().type()
                : notice.getClass().getSimpleName();
    }

    private void report(Throwable failure) {
        for (Consumer<Throwable> handler : errors) {
            try {
                handler.accept(failure);
            } catch (Throwable e) {
                LOGGER.log(System.Logger.Level.WARNING, "a handler of failures failed", e);
            }
        }
    }
}
