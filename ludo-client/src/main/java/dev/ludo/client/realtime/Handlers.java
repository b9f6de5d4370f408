package dev.ludo.client.realtime;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who wants to be told what. Each handler is called for itself: what one throws, the others do not feel. */
final class Handlers {
    private static final System.Logger LOGGER = System.getLogger(RoomConnection.class.getName());

    private final List<Consumer<RoomMessage>> messages = new CopyOnWriteArrayList<>();
    private final List<Consumer<MalformedJsonException>> unreadable = new CopyOnWriteArrayList<>();
    private final List<Consumer<Closed>> closed = new CopyOnWriteArrayList<>();
    private final List<Consumer<Throwable>> errors = new CopyOnWriteArrayList<>();

    <E extends RoomEvent> void on(Class<E> type, Consumer<? super E> handler) {
        messages.add(message -> {
            if (type.isInstance(message.event())) {
                handler.accept(type.cast(message.event()));
            }
        });
    }

    void onAny(Consumer<RoomMessage> handler) {
        messages.add(handler);
    }

    void onUnreadable(Consumer<MalformedJsonException> handler) {
        unreadable.add(handler);
    }

    void onClosed(Consumer<Closed> handler) {
        closed.add(handler);
    }

    void onError(Consumer<Throwable> handler) {
        errors.add(handler);
    }

    void message(RoomMessage message) {
        tell(messages, message, message.event().type());
    }

    void unreadable(MalformedJsonException defect) {
        LOGGER.log(System.Logger.Level.WARNING, "a message could not be read: " + defect.getMessage());
        tell(unreadable, defect, "an unreadable message");
    }

    void closed(Closed notice) {
        tell(closed, notice, "the end");
    }

    private <T> void tell(List<Consumer<T>> handlers, T what, String name) {
        for (Consumer<T> handler : handlers) {
            try {
                handler.accept(what);
            } catch (Throwable e) { // also an Error, such as that of a failed assertion, is the handler's own affair
                LOGGER.log(System.Logger.Level.WARNING, "a handler failed on " + name, e);
                report(e);
            }
        }
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
