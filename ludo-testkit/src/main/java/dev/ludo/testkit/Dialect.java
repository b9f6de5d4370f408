package dev.ludo.testkit;

import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.RoomClosed;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import java.util.Map;

/** How much of the contract is spoken on sockets. */
enum Dialect {
    /** All of it. */
    WHOLE {
        @Override
        boolean knows(RoomCommand command) {
            return true;
        }

        @Override
        boolean speaksOf(RoomEvent event) {
            return true;
        }

        @Override
        String write(RoomMessage message) {
            return MessageCodec.write(message);
        }
    },

    /** What the API's public material attests: five messages without numbers, and the joining of a player. */
    ATTESTED {
        @Override
        boolean knows(RoomCommand command) {
            return command instanceof RoomCommand.Join;
        }

        @Override
        boolean speaksOf(RoomEvent event) {
            return event instanceof DiceRolled
                    || event instanceof PieceMoved
                    || event instanceof TurnChange
                    || event instanceof GameEnded
                    || event instanceof RoomClosed;
        }

        @Override
        String write(RoomMessage message) {
            Object data = switch (message.event()) {
                case DiceRolled e -> Map.of("value", e.value());
                case PieceMoved e ->
                    Map.of(
                            "pieceId", e.pieceId().toString(),
                            "position", e.position().value());
                case TurnChange e ->
                    Map.of("currentPlayerId", e.currentPlayerId().value());
                case GameEnded e -> Map.of("winnerId", e.winnerId().value());
                case RoomClosed e -> e;
                default -> throw new IllegalArgumentException(message + " is not attested");
            };
            return "{\"type\":\"" + message.event().type() + "\",\"data\":" + LudoJson.write(data) + '}';
        }
    };

    static Dialect of(FakeSetup setup) {
        return setup.attestedOnly() ? ATTESTED : WHOLE;
    }

    /** Whether a command means anything; what does not is passed over. */
    abstract boolean knows(RoomCommand command);

    /** Whether anything is said of an event. */
    abstract boolean speaksOf(RoomEvent event);

    /** What is said, of an event that is spoken of. */
    abstract String write(RoomMessage message);
}
