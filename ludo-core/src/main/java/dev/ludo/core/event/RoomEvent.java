package dev.ludo.core.event;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomRole;
import dev.ludo.core.model.TurnReason;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened in a room. Each record is the {@code data} of one type of message; what a newer API sends
 * arrives as {@link UnknownEvent}.
 *
 * <p>The events of one roll or move come in this order: dice-rolled, the mover's piece-moved, a piece-moved for each
 * captured piece, player-finished, at most one of ended and turn-change. That the same player rolls again is said by the
 * absence of both.
 *
 * <p>An API that has only what is attested leaves fields out; they are empty or {@code UNKNOWN} here.
 */
public sealed interface RoomEvent {

    /**
     * The type as it stands on the wire.
     *
     * @return such as {@code game:dice-rolled}
     */
    default String type() {
        return switch (this) {
            case PlayerJoined e -> "room:player-joined";
            case PlayerLeft e -> "room:player-left";
            case PlayerConnection e -> "room:player-connection";
            case GameStarted e -> "game:started";
            case DiceRolled e -> "game:dice-rolled";
            case PieceMoved e -> "game:piece-moved";
            case TurnChange e -> "game:turn-change";
            case PlayerFinished e -> "game:player-finished";
            case GameEnded e -> "game:ended";
            case RoomClosed e -> "room:closed";
            case RoomJoined e -> "room:joined";
            case RoomLeft e -> "room:left";
            case StateReport e -> "game:state";
            case Ack e -> "ack";
            case Pong e -> "pong";
            case Refused e -> "error";
            case UnknownEvent e -> e.type();
        };
    }

    /**
     * A player took a seat.
     *
     * @param playerId who
     * @param playerName their name
     * @param playerCount how many seats are taken now
     */
    record PlayerJoined(PlayerId playerId, String playerName, int playerCount) implements RoomEvent {
        /** Checks what must be there. */
        public PlayerJoined {
            Require.present(playerId, "playerId");
            Require.present(playerName, "playerName");
            Require.atLeast(0, playerCount, "playerCount");
        }
    }

    /**
     * A player gave up their seat.
     *
     * @param playerId who
     * @param playerName their name
     * @param playerCount how many seats are taken now
     */
    record PlayerLeft(PlayerId playerId, String playerName, int playerCount) implements RoomEvent {
        /** Checks what must be there. */
        public PlayerLeft {
            Require.present(playerId, "playerId");
            Require.present(playerName, "playerName");
            Require.atLeast(0, playerCount, "playerCount");
        }
    }

    /**
     * A player's socket opened or went away; the seat stays theirs.
     *
     * @param playerId who
     * @param connected whether they have an open socket now
     */
    record PlayerConnection(PlayerId playerId, boolean connected) implements RoomEvent {
        /** Checks what must be there. */
        public PlayerConnection {
            Require.present(playerId, "playerId");
        }
    }

    /**
     * The game began. A turn-change follows.
     *
     * @param gameId which game
     * @param state the opening position
     */
    record GameStarted(GameId gameId, GameState state) implements RoomEvent {
        /** Checks what must be there. */
        public GameStarted {
            Require.present(gameId, "gameId");
            Require.present(state, "state");
        }
    }

    /**
     * The player to act rolled.
     *
     * @param value the die, 1 to 6
     * @param playerId who rolled, if the API says
     * @param legalMoves what may be moved by it; empty when the turn passes
     */
    record DiceRolled(int value, Optional<PlayerId> playerId, List<LegalMove> legalMoves) implements RoomEvent {
        /** Checks the range; an absent list is an empty one. */
        public DiceRolled {
            if (value < 1 || value > 6) {
                throw new IllegalArgumentException("value must be 1..6, was " + value);
            }
            legalMoves = Require.list(legalMoves);
        }
    }

    /**
     * A piece stands somewhere else now. A captured piece gets an event of its own, with the yard as its position.
     *
     * @param pieceId which piece
     * @param position where it stands now
     * @param playerId whose piece it is, if the API says
     * @param from where it stood before, if the API says
     * @param cause why, {@link MoveCause#UNKNOWN} if the API does not say
     * @param byPieceId the capturing piece, when it was captured
     */
    record PieceMoved(
            PieceId pieceId,
            Position position,
            Optional<PlayerId> playerId,
            Optional<Position> from,
            MoveCause cause,
            Optional<PieceId> byPieceId)
            implements RoomEvent {
        /** Checks what must be there. */
        public PieceMoved {
            Require.present(pieceId, "pieceId");
            Require.present(position, "position");
            cause = Require.orElse(cause, MoveCause.UNKNOWN);
        }
    }

    /**
     * Another player is to act.
     *
     * @param currentPlayerId who
     * @param reason why, {@link TurnReason#UNKNOWN} if the API does not say
     */
    record TurnChange(PlayerId currentPlayerId, TurnReason reason) implements RoomEvent {
        /** Checks what must be there. */
        public TurnChange {
            Require.present(currentPlayerId, "currentPlayerId");
            reason = Require.orElse(reason, TurnReason.UNKNOWN);
        }
    }

    /**
     * A player brought the pieces home. It comes for each finisher, not for the last player and not for leavers.
     *
     * @param playerId who
     * @param rank their place, from 1
     */
    record PlayerFinished(PlayerId playerId, int rank) implements RoomEvent {
        /** Checks what must be there. */
        public PlayerFinished {
            Require.present(playerId, "playerId");
            Require.atLeast(1, rank, "rank");
        }
    }

    /**
     * The game is over. It is the last event of the game.
     *
     * @param winnerId who won
     * @param ranking all players by place, the winner first; empty if the API does not say
     */
    record GameEnded(PlayerId winnerId, List<PlayerId> ranking) implements RoomEvent {
        /** Checks what must be there; an absent list is an empty one. */
        public GameEnded {
            Require.present(winnerId, "winnerId");
            ranking = Require.list(ranking);
        }
    }

    /**
     * The room is closed. Nothing follows, and nobody comes back.
     *
     * @param reason why, if the API says
     */
    record RoomClosed(Optional<String> reason) implements RoomEvent {}

    /**
     * The API took a client into a room. It goes to that client alone, like all that follow here.
     *
     * @param roomCode which room
     * @param role as what
     * @param playerId who the client is; empty for a spectator
     * @param color the player's colour, once seats are dealt
     * @param resumed whether what the client missed follows, broadcast by broadcast
     * @param seq the highest number that the room has given out; 0 when it has none, or the API does not number
     * @param epoch which numbering that belongs to; empty when the API does not say
     * @param room the room, if the API sends it
     * @param state the game as of {@code seq}, when there is one and nothing was resumed
     */
    record RoomJoined(
            RoomCode roomCode,
            RoomRole role,
            Optional<PlayerId> playerId,
            Optional<Color> color,
            boolean resumed,
            long seq,
            String epoch,
            Optional<Room> room,
            Optional<GameState> state)
            implements RoomEvent {
        /** Checks what must be there. */
        public RoomJoined {
            Require.present(roomCode, "roomCode");
            role = Require.orElse(role, RoomRole.UNKNOWN);
            Require.atLeast(0, seq, "seq");
            epoch = Require.orElse(epoch, "");
        }
    }

    /** The API let a client go that wanted to leave. A close follows. */
    record RoomLeft() implements RoomEvent {}

    /**
     * The game as it stands, asked for with {@link RoomCommand.Sync}.
     *
     * @param state the game
     */
    record StateReport(GameState state) implements RoomEvent {
        /** Checks what must be there. */
        public StateReport {
            Require.present(state, "state");
        }
    }

    /**
     * A command was carried out.
     *
     * @param requestId the command's
     */
    record Ack(Optional<String> requestId) implements RoomEvent {}

    /**
     * The answer to {@link RoomCommand.Ping}.
     *
     * @param requestId the command's
     */
    record Pong(Optional<String> requestId) implements RoomEvent {}

    /**
     * A command was not carried out, or a message could not be understood.
     *
     * @param code a word for programs, as in REST
     * @param message a sentence for people
     * @param requestId the command's, if it had one
     */
    record Refused(String code, String message, Optional<String> requestId) implements RoomEvent {
        /** What is absent is empty. */
        public Refused {
            code = Require.orElse(code, "");
            message = Require.orElse(message, "");
        }
    }

    /**
     * A message of a type that this version does not know. Nothing of it is lost.
     *
     * @param type the type as it came
     * @param raw the whole message as it came, character by character
     */
    record UnknownEvent(String type, String raw) implements RoomEvent {
        /** Checks what must be there. */
        public UnknownEvent {
            Require.present(type, "type");
            Require.present(raw, "raw");
        }
    }
}
