package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.Ack;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.event.RoomEvent.RoomClosed;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.TurnPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketGameTest extends WithFake {
    @Override
    FakeLudoBuilder setup() {
        return super.setup().rateLimit(0);
    }

    /** A player who knows only what the socket says. */
    private static final class SocketPlayer {
        private final TestSocket socket;
        private final PlayerId self;
        private final List<RoomMessage> seen = new ArrayList<>();

        private SocketPlayer(TestSocket socket, PlayerId self) {
            this.socket = socket;
            this.self = self;
        }

        private RoomEvent next() {
            RoomMessage message = socket.next();
            if (message.at().isPresent()) {
                seen.add(message);
            }
            return message.event();
        }

        /** Rolls and moves until the turn has passed; true if the game goes on. */
        private boolean takeTurn() {
            while (true) {
                socket.send("{\"type\":\"game:roll\"}");
                Heard rolled = untilAck();
                if (rolled.isOver || rolled.turn.isPresent()) {
                    return !rolled.isOver;
                }
                LegalMove move = rolled.legal.getFirst();
                socket.send("{\"type\":\"game:move\",\"pieceId\":\"" + move.pieceId() + "\",\"targetPosition\":"
                        + move.targetPosition().value() + '}');
                Heard moved = untilAck();
                if (moved.isOver || moved.turn.isPresent()) {
                    return !moved.isOver;
                }
            }
        }

        private Heard untilAck() {
            Heard heard = new Heard();
            for (RoomEvent event = next(); !(event instanceof Ack); event = next()) {
                heard.take(event);
            }
            return heard;
        }

        /** Listens until it is this player's turn; false if the game ends first. */
        private boolean awaitTurn() {
            while (true) {
                RoomEvent event = next();
                if (event instanceof GameEnded) {
                    return false;
                }
                if (event instanceof TurnChange change
                        && change.currentPlayerId().equals(self)) {
                    return true;
                }
            }
        }
    }

    private static final class Heard {
        private boolean isOver;
        private Optional<PlayerId> turn = Optional.empty();
        private List<LegalMove> legal = List.of();

        private void take(RoomEvent event) {
            switch (event) {
                case GameEnded ended -> isOver = true;
                case TurnChange change -> turn = Optional.of(change.currentPlayerId());
                case DiceRolled rolled -> legal = rolled.legalMoves();
                default -> {}
            }
        }
    }

    private void playByRest(GameState game, Api.Seated who) {
        GameState state = api.get("games/" + game.gameId() + "/state").as(GameState.class);
        while (state.turn()
                .filter(turn -> turn.playerId().equals(who.playerId()))
                .isPresent()) {
            if (state.turn().orElseThrow().phase() == TurnPhase.ROLL) {
                RollResult rolled = api.roll(state, who.header());
                state = rolled.state();
            } else {
                state = api.tryMove(state, movable(state), target(state), who.header())
                        .asMove()
                        .state()
                        .orElseThrow();
            }
        }
    }

    private String movable(GameState state) {
        return lastRoll(state).pieceId().toString();
    }

    private int target(GameState state) {
        return lastRoll(state).targetPosition().value();
    }

    private LegalMove lastRoll(GameState state) {
        return ((DiceRolled) ludo.messages(state.roomCode()).getLast().event())
                .legalMoves()
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quick"})
    void oneGamePlayedOverASocketAndOverRestLooksTheSameToAll(String mode) {
        Room room = api.open(2, mode);
        Api.Seated ann = api.seat(room, "Ann");
        try (TestSocket annSocket = TestSocket.join(ludo, room, ann, "");
                TestSocket watcher = TestSocket.watch(ludo, room, "")) {
            long first = annSocket.joined().seq();
            watcher.joined();
            SocketPlayer player = new SocketPlayer(annSocket, ann.playerId());
            Api.Seated bob = api.seat(room, "Bob");
            try (TestSocket bobSocket = TestSocket.join(ludo, room, bob, "")) {
                long bobFirst = bobSocket.joined().seq();
                GameState start = api.state(room);
                boolean goesOn = player.awaitTurn();
                while (goesOn) {
                    goesOn = player.takeTurn();
                    if (goesOn) {
                        playByRest(start, bob);
                        goesOn = player.awaitTurn();
                    }
                }
                GameState end = api.state(room);
                ludo.advance(Duration.ofSeconds(60));
                player.seen.addAll(annSocket.rest());
                assertThat(annSocket.endCode(), is(1000));
                List<RoomMessage> all = player.seen;
                assertThat(numbers(all), is(range(first + 1, all.size())));
                assertThat(all.getFirst().event(), is(new PlayerConnection(ann.playerId(), true)));
                assertThat(all.getLast().event() instanceof RoomClosed, is(true));
                assertThat(
                        all.stream().map(RoomMessage::event).toList(),
                        hasItem(new PlayerConnection(bob.playerId(), true)));
                List<RoomMessage> watched = watcher.rest();
                assertThat(watched, is(all.subList(all.size() - watched.size(), all.size())));
                assertThat(all.size() - watched.size() <= 1, is(true));
                List<RoomMessage> atBob = bobSocket.rest();
                assertThat(atBob, is(all.subList((int) (bobFirst - first), all.size())));
                assertThat(board(start, atBob), is(board(end, List.of())));
            }
        }
    }

    private static List<Long> numbers(List<RoomMessage> messages) {
        return messages.stream().map(m -> m.at().orElseThrow().seq()).toList();
    }

    private static List<Long> range(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    /** Where the pieces stand after what was told. */
    private static Map<PieceId, Position> board(GameState start, List<RoomMessage> told) {
        Map<PieceId, Position> board = new HashMap<>();
        start.players().forEach(p -> p.pieces().forEach(piece -> board.put(piece.pieceId(), piece.position())));
        told.forEach(message -> {
            if (message.event() instanceof PieceMoved moved) {
                board.put(moved.pieceId(), moved.position());
            }
        });
        return board;
    }
}
