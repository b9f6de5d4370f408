package dev.ludo.core.event;

import dev.ludo.core.model.Move;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.util.Optional;

/** Something that a client asks for over a room's socket. */
public sealed interface RoomCommand {

    /**
     * The type as it stands on the wire.
     *
     * @return such as {@code game:roll}
     */
    default String type() {
        return switch (this) {
            case Join c -> "room:join";
            case Watch c -> "room:watch";
            case Roll c -> "game:roll";
            case MovePiece c -> "game:move";
            case Sync c -> "state:sync";
            case Leave c -> "room:leave";
            case Ping c -> "ping";
        };
    }

    /**
     * Takes part in a room, as the first message.
     *
     * @param roomCode which room
     * @param playerToken the seat
     * @param from the last broadcast that was delivered, to go on from there; with number 0 if there was none; empty on a first join
     */
    record Join(RoomCode roomCode, Secret playerToken, Optional<Sequence> from) implements RoomCommand {
        /** Checks what must be there. */
        public Join {
            Require.present(roomCode, "roomCode");
            Require.present(playerToken, "playerToken");
        }
    }

    /**
     * Watches a room, as the first message.
     *
     * @param roomCode which room
     * @param from the last broadcast that was delivered, to go on from there; with number 0 if there was none; empty on a first join
     */
    record Watch(RoomCode roomCode, Optional<Sequence> from) implements RoomCommand {
        /** Checks what must be there. */
        public Watch {
            Require.present(roomCode, "roomCode");
        }
    }

    /**
     * Rolls the die.
     *
     * @param requestId comes back with the answer; 1 to 128 characters
     */
    record Roll(Optional<String> requestId) implements RoomCommand {
        /** Checks the length. */
        public Roll {
            Require.requestId(requestId);
        }
    }

    /**
     * Moves a piece by the die rolled.
     *
     * @param move the piece and where it is to go
     * @param requestId comes back with the answer; 1 to 128 characters
     */
    record MovePiece(Move move, Optional<String> requestId) implements RoomCommand {
        /** Checks what must be there, and the length. */
        public MovePiece {
            Require.present(move, "move");
            Require.requestId(requestId);
        }
    }

    /** Asks for the game as it stands. */
    record Sync() implements RoomCommand {}

    /** Gives up the seat, or stops watching. */
    record Leave() implements RoomCommand {}

    /**
     * Asks for a sign of life of the API itself, not only of its socket.
     *
     * @param requestId comes back with the answer; 1 to 128 characters
     */
    record Ping(Optional<String> requestId) implements RoomCommand {
        /** Checks the length. */
        public Ping {
            Require.requestId(requestId);
        }
    }
}
