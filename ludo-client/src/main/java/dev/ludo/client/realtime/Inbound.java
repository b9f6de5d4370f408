package dev.ludo.client.realtime;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What comes in on a connection: read, brought to those who wait for an answer, and queued for the handlers. */
final class Inbound {
    /** How many unreadable messages in a row are too many. */
    static final int MAX_UNREADABLE = 10;

    private static final System.Logger LOGGER = System.getLogger(RoomConnection.class.getName());

    private final Answers answers;
    private final Delivery delivery;
    private final Handlers handlers;
    private final BiConsumer<CloseCode, String> close;

    private boolean joined;
    private String epoch = "";
    private int unreadable;
    private Optional<String> announcedEnd = Optional.empty();

    Inbound(Answers answers, Delivery delivery, Handlers handlers, BiConsumer<CloseCode, String> close) {
        this.answers = answers;
        this.delivery = delivery;
        this.handlers = handlers;
        this.close = close;
    }

    void accept(byte[] utf8) {
        if (announcedEnd.isEmpty()) {
            read(utf8).ifPresent(message -> {
                if (joined) {
                    next(message);
                } else {
                    first(message);
                }
            });
        }
    }

    private Optional<RoomMessage> read(byte[] utf8) {
        try {
            RoomMessage message = MessageCodec.read(LudoJson.parseObject(utf8), epoch);
            unreadable = 0;
            return Optional.of(message);
        } catch (MalformedJsonException e) {
            skip(e);
        } catch (RuntimeException e) { // no message may end a connection by confusing the codec
            skip(new MalformedJsonException(Kind.SHAPE, "not a message: " + e.getMessage(), e));
        }
        return Optional.empty();
    }

    private void skip(MalformedJsonException defect) {
        delivery.put(() -> handlers.unreadable(defect));
        if (++unreadable == MAX_UNREADABLE) {
            close.accept(CloseCode.MALFORMED, MAX_UNREADABLE + " messages in a row could not be read");
        }
    }

    private void first(RoomMessage message) {
        boolean awaited = answers.resolve(message.event());
        if (message.event() instanceof RoomEvent.RoomJoined event && awaited) {
            joined = true;
            epoch = event.epoch();
            delivery.put(() -> handlers.message(message));
            delivery.start();
        } else if (!awaited) {
            LOGGER.log(
                    System.Logger.Level.DEBUG,
                    "skipped before joining: " + message.event().type());
        }
    }

    private void next(RoomMessage message) {
        RoomEvent event = message.event();
        answers.resolve(event);
        switch (event) {
            case RoomEvent.RoomJoined again -> epoch = again.epoch();
            case RoomEvent.RoomClosed closed ->
                announcedEnd = Optional.of(closed.reason().orElse("the room is closed"));
            case RoomEvent.RoomLeft left -> announcedEnd = Optional.of("left the room");
            default -> {}
        }
        boolean isLast = announcedEnd.isPresent();
        delivery.put(() -> {
            handlers.message(message);
            if (isLast) {
                close.accept(CloseCode.NORMAL, "");
            }
        });
    }

    /** Why the connection was going to end, if the API said so beforehand. */
    Optional<String> announcedEnd() {
        return announcedEnd;
    }
}
