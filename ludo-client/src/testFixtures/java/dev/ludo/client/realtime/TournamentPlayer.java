package dev.ludo.client.realtime;

import dev.ludo.client.realtime.ConnectionEvent.Resynced;
import dev.ludo.client.realtime.RoomNotice.Received;
import dev.ludo.core.error.CommandException;
import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.rules.Bot;
import dev.ludo.core.rules.Game;
import dev.ludo.testkit.SeatedPlayer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A bot that plays over a connection, by what the connection tells it and by nothing else; it writes down what it was told. */
final class TournamentPlayer implements AutoCloseable {
    final RoomConnection connection;
    final List<RoomNotice> told = new CopyOnWriteArrayList<>();
    final CountDownLatch ended = new CountDownLatch(1);
    private final PlayerId me;
    private final Bot bot;
    private final Runnable onMessage;
    private Optional<Game> done = Optional.empty();

    TournamentPlayer(RoomSockets sockets, RoomCode room, SeatedPlayer seat, Bot bot, Runnable onMessage) {
        this.me = seat.playerId();
        this.bot = bot;
        this.onMessage = onMessage;
        this.connection = sockets.join(room, seat.playerToken());
        connection
                .onAny(message -> hear(new Received(message)))
                .onConnection(ConnectionEvent.class, this::hear)
                .onDiverged(told::add)
                .onHandlerError(e -> {
                    throw new AssertionError(e);
                });
    }

    private void hear(RoomNotice notice) {
        told.add(notice);
        boolean over = switch (notice) {
            case Received(RoomMessage message) -> message.event() instanceof RoomEvent.GameEnded;
            case Resynced resynced ->
                resynced.state()
                        .filter(state -> state.status() == GameStatus.ENDED)
                        .isPresent();
            default -> false;
        };
        if (over) {
            ended.countDown();
        }
        onMessage.run();
        boolean again = ended.getCount() > 0;
        while (again) {
            again = act();
        }
    }

    /** Does what is due, if anything is; true if it is worth another try at once. */
    private boolean act() {
        Optional<Game> seen =
                connection.game().filter(game -> game.currentPlayer().equals(Optional.of(me)));
        if (seen.isEmpty() || seen.equals(done)) {
            return false;
        }
        Game game = seen.get();
        try {
            if (game.phase() == TurnPhase.ROLL) {
                connection.roll();
            } else {
                LegalMove choice = bot.choose(game);
                connection.move(choice.asMove());
            }
            done = seen;
            return false;
        } catch (CommandTimeoutException e) {
            return connection.status() == ConnectionStatus.JOINED
                    && !Thread.currentThread().isInterrupted();
        } catch (CommandException e) {
            return false; // what comes next says how things stand
        }
    }

    /** How it stands, for whoever looks for what it waits for. */
    @Override
    public String toString() {
        List<RoomNotice> last = told.subList(Math.max(0, told.size() - 5), told.size());
        return me + " is " + connection.status() + " and was told last " + last;
    }

    @Override
    public void close() {
        connection.close();
    }
}
