package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckFeature.HOUSE_RULES;
import static dev.ludo.testkit.tck.TckFeature.LONG_CASES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.Ack;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole game over sockets, held against the rules message by message. Section 2 of the contract. */
public abstract class SocketGameTck extends TckSuite {
    private static final String ROLL = "{\"type\":\"game:roll\"}";

    /** For subclasses. */
    protected SocketGameTck() {}

    @TckCase(
            value = "2: order of the messages of one roll or move",
            needs = {HOUSE_RULES, LONG_CASES})
    void aWholeGameIsToldInOrderAndWithoutAGap() {
        Table table = playing(2, GameMode.QUICK);
        GameState start = table.state();
        Socket watcher = watching(table);
        long seq = watcher.event(RoomJoined.class).seq();
        Map<PlayerId, Socket> players = new HashMap<>();
        for (Table.Seat seat : table.seats()) {
            Socket socket = connect(table, seat, watcher);
            players.values().forEach(other -> other.await(PlayerConnection.class));
            players.put(seat.playerId(), socket);
            seq++;
        }
        Umpire umpire = new Umpire(table, start);
        List<RoomEvent> told = new ArrayList<>();
        while (!umpire.isOver()) {
            List<RoomEvent> step = step(umpire, players, watcher, seq);
            seq += step.size();
            told.addAll(step);
        }
        GameState end = table.state();
        umpire.check(end);
        assertEquals(seq, end.seq(), "seq of the last broadcast of the game");
        assertEquals(board(end, List.of()), board(start, told), "piece-moved alone must give the board");
    }

    private Socket connect(Table table, Table.Seat seat, Socket watcher) {
        Socket socket = joined(table, seat);
        socket.await(RoomJoined.class);
        socket.await(PlayerConnection.class);
        watcher.await(PlayerConnection.class);
        return socket;
    }

    /** One command of whoever's turn it is: everybody must be told the same, in the rules' order. */
    private List<RoomEvent> step(Umpire umpire, Map<PlayerId, Socket> players, Socket watcher, long seq) {
        Socket acting = Optional.ofNullable(players.get(umpire.toAct())).orElseThrow();
        List<RoomEvent> expected;
        List<RoomEvent> atWatcher = new ArrayList<>();
        if (umpire.awaitsRoll()) {
            acting.send(ROLL);
            Socket.Told rolled = watcher.nextBroadcast();
            assertEquals(seq + 1, rolled.seq(), () -> rolled + ": seq");
            expected = umpire.rolled(((DiceRolled) rolled.event()).value());
            atWatcher.add(rolled.event());
        } else {
            LegalMove move = umpire.choose();
            acting.send("{\"type\":\"game:move\",\"pieceId\":\"" + move.pieceId() + "\",\"targetPosition\":"
                    + move.targetPosition().value() + '}');
            expected = umpire.moved(move);
        }
        while (atWatcher.size() < expected.size()) {
            Socket.Told told = watcher.nextBroadcast();
            assertEquals(seq + atWatcher.size() + 1, told.seq(), () -> told + ": seq");
            atWatcher.add(told.event());
        }
        assertEquals(expected, atWatcher, "what a spectator is told");
        for (Socket player : players.values()) {
            assertEquals(expected, player.broadcasts(expected.size()), "what a player is told");
        }
        acting.await(Ack.class);
        return expected;
    }

    /** Where the pieces stand after what was told. */
    private static Map<PieceId, Position> board(GameState start, List<RoomEvent> told) {
        Map<PieceId, Position> board = new HashMap<>();
        start.players().forEach(p -> p.pieces().forEach(piece -> board.put(piece.pieceId(), piece.position())));
        told.forEach(event -> {
            if (event instanceof PieceMoved moved) {
                board.put(moved.pieceId(), moved.position());
            }
        });
        return board;
    }
}
