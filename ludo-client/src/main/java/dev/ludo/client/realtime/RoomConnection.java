package dev.ludo.client.realtime;

import dev.ludo.client.realtime.RoomNotice.Diverged;
import dev.ludo.client.realtime.RoomNotice.Unreadable;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.CommandException;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.error.CommandRejectedException;
import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.error.DisconnectedException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Move;
import dev.ludo.core.rules.Game;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A place in a room, as a player or as a spectator, that is kept when the socket is lost. {@link dev.ludo.client.LudoClient#join}
 * and {@link dev.ludo.client.LudoClient#watch} make it; handlers are registered, or {@link #events} is asked for; then
 * {@link #open} joins.
 *
 * <p><b>Order.</b> The first thing that is told is {@link RoomEvent.RoomJoined}. Everything that the API sends to this client
 * follows in the order in which it was sent, answers to commands too; each broadcast of the room once. For each the handlers
 * that fit are called in the order of their registration, and the next is told after the last of them has returned. At the end
 * comes one {@link ConnectionEvent.Closed}, whatever ended the connection, and nothing after it. When {@link #open} throws,
 * nothing is told at all.
 *
 * <p><b>Threads.</b> All handlers of a connection are called on one virtual thread, which belongs to the connection. What a
 * handler throws is logged and given to {@link #onHandlerError}; no other handler feels it. While a handler works, up to 256
 * messages wait; then nothing is read any more until it has returned, and the API may end the connection with 4410.
 *
 * <p><b>Reconnecting.</b> {@link #open} tries once. After it, a socket that is lost, or closed with a code after which a
 * client should come back, is replaced by the {@link ReconnectPolicy}: {@link ConnectionEvent.Reconnecting} tells of each
 * attempt. When the room is joined again, either nothing was missed, which {@link ConnectionEvent.Resumed} says, and what was
 * sent meanwhile follows; or it could not be had any more, and {@link ConnectionEvent.Resynced} says what is missing and
 * brings the state in its place. Failures count until something useful has come after the join: a new broadcast, a state or
 * an answer other than a no. {@link #sync} after a {@link ConnectionEvent.Resumed} asks for one where the room is so quiet that
 * none comes by itself. A gap between two broadcasts is closed in the same way.
 *
 * <p><b>Commands</b> may be given from any thread, within a handler too: their answers do not wait for delivery. Each command
 * ends with its answer or with a {@link CommandException}: {@link CommandRejectedException} when the API said no,
 * {@link CommandNotSentException} when it was not sent, which is also so while the socket is being replaced,
 * {@link DisconnectedException} when the socket was lost before the answer, {@link CommandTimeoutException} when the answer
 * took too long; of the last two nobody knows whether the command had an effect, except of a {@link #move}.
 *
 * <p><b>Behind a Ludo proxy</b> the socket may stay while the proxy has no API. It says so with an event of type
 * {@code proxy:reconnecting}, which ends commands under way as the loss of the socket does, and with {@code proxy:resumed}, after
 * which what was missed follows, each once. Commands given in between are rejected with {@code UNAVAILABLE}.
 *
 * <p><b>End.</b> {@link RoomEvent.RoomClosed}, {@link RoomEvent.RoomLeft} and a close with 1000 end the connection for good,
 * as do codes after which there is no coming back, more than ten messages in a row that cannot be read (4400), and {@link #close}.
 *
 * <p>Thread-safe.
 */
public final class RoomConnection implements AutoCloseable {
    private final Handlers handlers = new Handlers();
    private final Mailbox mailbox = new Mailbox();
    private final GameView view = new GameView();
    private final Notices notices = new Notices(mailbox, view);
    private final Delivery delivery = new Delivery(notices, handlers);
    private final Keeper keeper;
    private final Commands commands;
    private volatile Optional<RoomEvents> events = Optional.empty();

    RoomConnection(RoomSockets sockets, Entrance entrance) {
        Answers answers = new Answers();
        this.keeper = new Keeper(this, sockets, entrance, answers, mailbox, this::deliver);
        this.commands = new Commands(keeper, answers, mailbox, sockets.commandTimeout());
    }

    private void deliver() {
        if (events.isEmpty()) {
            delivery.start();
        }
    }

    /**
     * Registers a handler for one type of event.
     *
     * @param <E> the type
     * @param type its class; {@link RoomEvent} itself for all
     * @param handler is called for each such event; several for one type are fine
     * @return this
     * @throws IllegalStateException if the connection was opened already, or {@link #events} was asked for
     */
    public <E extends RoomEvent> RoomConnection on(Class<E> type, Consumer<? super E> handler) {
        return registering(() -> handlers.on(type, handler));
    }

    /**
     * Registers a handler for every message.
     *
     * @param handler is called for each, in its turn among the other handlers
     * @return this
     * @throws IllegalStateException as {@link #on} does
     */
    public RoomConnection onAny(Consumer<RoomMessage> handler) {
        return registering(() -> handlers.onMessage(handler));
    }

    /**
     * Registers a handler for the whole game, whenever the API tells it: with the join, at the start of the game, when it was
     * asked for, and in place of what was missed.
     *
     * @param handler is called for each, in its turn among the other handlers
     * @return this
     * @throws IllegalStateException as {@link #on} does
     */
    public RoomConnection onState(Consumer<GameState> handler) {
        return registering(() -> handlers.onState(handler));
    }

    /**
     * Registers a handler for changes of the connection itself.
     *
     * @param <E> the type
     * @param type its class; {@link ConnectionEvent} itself for all
     * @param handler is called for each such change, in its turn among the other handlers
     * @return this
     * @throws IllegalStateException as {@link #on} does
     */
    public <E extends ConnectionEvent> RoomConnection onConnection(Class<E> type, Consumer<? super E> handler) {
        return registering(() -> handlers.onNotice(type, handler));
    }

    /**
     * Registers a handler for messages that cannot be read. It is called in the place of each.
     *
     * @param handler is told what is wrong
     * @return this
     * @throws IllegalStateException as {@link #on} does
     */
    public RoomConnection onUnreadable(Consumer<MalformedJsonException> handler) {
        return registering(
                () -> handlers.onNotice(Unreadable.class, unreadable -> handler.accept(unreadable.defect())));
    }

    /**
     * Registers a handler for messages that do not fit the game as it was told before. It is called after each.
     *
     * @param handler is told what does not fit
     * @return this
     * @throws IllegalStateException as {@link #on} does
     */
    public RoomConnection onDiverged(Consumer<Diverged> handler) {
        return registering(() -> handlers.onNotice(Diverged.class, handler));
    }

    /**
     * Registers a handler for what other handlers throw.
     *
     * @param handler is called after the handler that threw
     * @return this
     * @throws IllegalStateException as {@link #on} does
     */
    public RoomConnection onHandlerError(Consumer<Throwable> handler) {
        return registering(() -> handlers.onError(handler));
    }

    private RoomConnection registering(Runnable registration) {
        keeper.requireNew();
        if (events.isPresent()) {
            throw new IllegalStateException("there are no handlers where events() is used");
        }
        registration.run();
        return this;
    }

    /**
     * Says which game is played in the room, for an API that does not say it itself: after a reconnect that nobody can close the
     * gap of, the client asks for the state of this game. What the API says goes before.
     *
     * @param game the game
     * @return this
     * @throws IllegalStateException if the connection was opened already
     */
    public RoomConnection playing(GameId game) {
        keeper.requireNew();
        keeper.play(game);
        return this;
    }

    /**
     * Everything that would be told to handlers, to be pulled in place of having handlers.
     *
     * @return the one iterator of this connection
     * @throws IllegalStateException if the connection was opened already, or has handlers, or this was asked for before
     */
    public RoomEvents events() {
        keeper.requireNew();
        if (!handlers.isEmpty() || events.isPresent()) {
            throw new IllegalStateException("events() is for a connection without handlers, and once");
        }
        RoomEvents made = new RoomEvents(notices);
        events = Optional.of(made);
        return made;
    }

    /**
     * Connects, joins the room and waits until the API has taken the client in. An API that never answers a join has done so when
     * it tells of something in the room, or has been silent for {@link RoomSocketsBuilder#joinSilence} and then answers a ping;
     * the {@link RoomEvent.RoomJoined} is made here then, with nothing but the room's code and the role. It tries once; whatever goes wrong, nothing of
     * the connection is left when this throws.
     *
     * @return what the API said; the same is the first thing to be told
     * @throws CallException if there was no connection, or the API refused it
     * @throws CommandRejectedException if the API refused it: there is no such room, the token is not good, the room is closed
     * @throws CommandException if the API did not take the client into the room for another reason
     * @throws IllegalStateException if the connection was opened or closed already, or its client is closed
     */
    public RoomEvent.RoomJoined open() {
        return keeper.open();
    }

    /**
     * What the connection is doing.
     *
     * @return its status now, which may be another when this returns
     */
    public ConnectionStatus status() {
        return keeper.status();
    }

    /**
     * The game as it follows by the rules from all that was told so far, the message that is being told now included. What
     * the rules do not give is reported as {@link RoomNotice.Diverged}, and so is a state that the API tells and that is
     * another. When nothing was told from the start of the game on, it begins with a state; that one does not say who was
     * too slow before.
     *
     * @return the game; empty before there is one, or if the API plays by rules that this library does not know
     */
    public Optional<Game> game() {
        return view.game();
    }

    /**
     * Rolls the die, and waits until the API has said yes. What was rolled is told as {@link RoomEvent.DiceRolled}, to
     * everybody in the room.
     *
     * @return the API's yes
     * @throws CommandException if it said no, or nothing
     */
    public RoomEvent.Ack roll() {
        return commands.roll();
    }

    /**
     * Moves a piece by the die rolled, and waits until the API has said yes. What it does is told as
     * {@link RoomEvent.PieceMoved} and what follows from it.
     *
     * <p>When the API is lost before the answer, this waits for the room to be joined again, as long as for an answer, and
     * looks there whether the move was made. If it was, this returns as if the API had said yes; if not, or if that cannot be
     * told, the {@link DisconnectedException} says which.
     *
     * @param move the piece and where it is to go
     * @return the API's yes
     * @throws CommandException if it said no, or nothing
     */
    public RoomEvent.Ack move(Move move) {
        return commands.move(move);
    }

    /**
     * Asks for the game as it stands, and waits for it. It is told as {@link RoomEvent.StateReport} as well.
     *
     * @return the game
     * @throws CommandException if the API said no, or nothing
     */
    public GameState sync() {
        return commands.sync();
    }

    /**
     * Gives up the seat, or stops watching, and waits until the API has let the client go. That ends the connection.
     *
     * @throws CommandException if it said no, or nothing
     */
    public void leave() {
        commands.leave();
    }

    /**
     * Asks the API for a sign of life of itself, and waits for it. That the socket lives is watched anyway.
     *
     * @return how long it took
     * @throws CommandException if there was none
     */
    public Duration ping() {
        return commands.ping();
    }

    /**
     * Sends a command that this library does not know, and waits for the answer that carries its {@code requestId}, which is
     * added here.
     *
     * @param type its type on the wire, other than {@code room:join} and {@code room:watch}, which {@link #open} sends
     * @param fields its other fields, such as strings, numbers, records and maps
     * @return the API's {@code ack} or {@code pong}
     * @throws CommandException if it said no, or nothing
     * @throws IllegalArgumentException if the type or a field is one of those that are set here, or the whole is over 64 KiB
     */
    public RoomEvent send(String type, Map<String, ?> fields) {
        return commands.send(type, fields);
    }

    /**
     * Closes the connection, whatever it is doing, for good. What waits to be told is dropped; a handler that works may end
     * its work, and the {@link ConnectionEvent.Closed} follows.
     *
     * <p>It waits until all of that has happened, but never longer than the closing handshake may take, 5 seconds; a handler
     * that still works then is interrupted. Within a handler it does not wait for handlers. Closing again does no harm.
     */
    @Override
    public void close() {
        keeper.beginClose();
        try {
            keeper.awaitEnd();
            if (!delivery.isThisThread() && !delivery.awaitEnd(keeper.leftToClose())) {
                delivery.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            keeper.endTheHardWay();
        }
    }

    void beginClose() {
        keeper.beginClose();
    }
}
