package dev.ludo.client.realtime;

import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomRole;
import java.util.Optional;

/**
 * The way into a room.
 *
 * @param roomCode which room
 * @param entry the command that asks for it: {@code room:join} or {@code room:watch}
 */
record Entrance(RoomCode roomCode, RoomCommand entry) {
    /** The type of the command that asks for it. */
    String type() {
        return entry.type();
    }

    /** The command that asks for what followed on a broadcast, too, if there was one. */
    RoomCommand command(Optional<Sequence> from) {
        return switch (entry) {
            case RoomCommand.Join join -> new RoomCommand.Join(join.roomCode(), join.playerToken(), from);
            case RoomCommand.Watch watch -> new RoomCommand.Watch(watch.roomCode(), from);
            default -> throw new IllegalStateException("not a way into a room: " + entry.type());
        };
    }

    /**
     * Whether a message that came before any greeting says that there will be none: an API that has only what is attested
     * answers a join with nothing but what happens in the room from then on.
     */
    static boolean isFromWhoDoesNotGreet(RoomMessage message) {
        String type = message.event().type();
        return message.at().isEmpty()
                && (type.startsWith("game:") || type.startsWith("room:"))
                && !(message.event() instanceof RoomEvent.RoomLeft);
    }

    /** The greeting that such an API does not give. */
    RoomJoined implied() {
        boolean plays = entry instanceof RoomCommand.Join;
        return new RoomJoined(
                roomCode,
                plays ? RoomRole.PLAYER : RoomRole.SPECTATOR,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                "",
                Optional.empty(),
                Optional.empty());
    }
}
