package dev.ludo.client.realtime;

import dev.ludo.core.error.CallException;
import dev.ludo.core.error.CommandException;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.error.CommandTimeoutException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.RoomCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A place in a room, as a player or as a spectator, over a socket. {@link dev.ludo.client.LudoClient#join} and
 * {@link dev.ludo.client.LudoClient#watch} make it; handlers are registered; then {@link #open} joins.
 *
 * <p><b>Order.</b> The first message that is delivered is {@link RoomEvent.RoomJoined}. Everything that the API sends to this
 * client follows in the order in which it was sent, answers to commands too. For each message the handlers that fit are
 * called in the order of their registration, and the next message is delivered after the last of them has returned. At the
 * end comes one {@link Closed} notice, whatever ended the connection, and nothing after it. When {@link #open} throws, no
 * handler of events is called at all.
 *
 * <p><b>Threads.</b> All handlers of a connection are called on one virtual thread, which belongs to the connection. What a
 * handler throws is logged and given to {@link #onHandlerError}; no other handler feels it. While a handler works, up to 256
 * messages wait; then nothing is read any more until it has returned, and the API may end the connection with 4410.
 *
 * <p><b>Commands</b> may be given from any thread, within a handler too: their answers do not wait for delivery. Each command
 * ends with its answer or with a {@link CommandException}: {@link dev.ludo.core.error.CommandRejectedException} when the API
 * said no, {@link CommandNotSentException} when it was not sent, {@link dev.ludo.core.error.DisconnectedException} when the
 * connection ended before the answer, {@link CommandTimeoutException} when the answer took too long; of the last two nobody
 * knows whether the command had an effect.
 *
 * <p><b>End.</b> {@link RoomEvent.RoomClosed} and {@link RoomEvent.RoomLeft} end the connection for good: after their
 * delivery it closes with 1000. Ten messages in a row that cannot be read end it with 4400.
 *
 * <p>Thread-safe.
 */
public final class RoomConnection implements AutoCloseable {
    private final Handlers handlers = new Handlers();
    private final Answers answers = new Answers();
    private final Delivery delivery = new Delivery();
    private final AtomicLong requests = new AtomicLong();
    private final RoomSockets sockets;
    private final RoomCommand entry;
    private final Link link;

    RoomConnection(RoomSockets sockets, RoomCode roomCode, RoomCommand entry) {
        this.sockets = sockets;
        this.entry = entry;
        this.link = new Link(this, sockets, roomCode, answers, delivery, handlers);
    }

    /**
     * Registers a handler for one type of event.
     *
     * @param <E> the type
     * @param type its class; {@link RoomEvent} itself for all
     * @param handler is called for each such event; several for one type are fine
     * @return this
     * @throws IllegalStateException if the connection was opened already
     */
    public <E extends RoomEvent> RoomConnection on(Class<E> type, Consumer<? super E> handler) {
        return registering(() -> handlers.on(type, handler));
    }

    /**
     * Registers a handler for every message.
     *
     * @param handler is called for each, in its turn among those of {@link #on}
     * @return this
     * @throws IllegalStateException if the connection was opened already
     */
    public RoomConnection onAny(Consumer<RoomMessage> handler) {
        return registering(() -> handlers.onAny(handler));
    }

    /**
     * Registers a handler for the end. It is called once, after the last message, if {@link #open} has not thrown.
     *
     * @param handler is told how the connection ended
     * @return this
     * @throws IllegalStateException if the connection was opened already
     */
    public RoomConnection onClosed(Consumer<Closed> handler) {
        return registering(() -> handlers.onClosed(handler));
    }

    /**
     * Registers a handler for messages that cannot be read. They are logged and skipped; it is called in their place.
     *
     * @param handler is told what is wrong with each
     * @return this
     * @throws IllegalStateException if the connection was opened already
     */
    public RoomConnection onUnreadable(Consumer<MalformedJsonException> handler) {
        return registering(() -> handlers.onUnreadable(handler));
    }

    /**
     * Registers a handler for what other handlers throw. It is logged in any case.
     *
     * @param handler is given what was thrown
     * @return this
     * @throws IllegalStateException if the connection was opened already
     */
    public RoomConnection onHandlerError(Consumer<Throwable> handler) {
        return registering(() -> handlers.onError(handler));
    }

    private RoomConnection registering(Runnable registration) {
        link.requireNew();
        registration.run();
        return this;
    }

    /**
     * Connects and joins. To be called once. When it throws, the connection is closed, and nothing of it is left.
     *
     * @return what the API said to the join; it is delivered to the handlers as well
     * @throws CallException if there is no connection: the API refused it, it failed, or it took too long
     * @throws CommandException if the API did not take the client into the room: it said no, closed, or took too long
     * @throws IllegalStateException if the connection was opened or closed already, or its client is closed
     */
    public RoomEvent.RoomJoined open() {
        try {
            link.connect(entry);
            return ask(entry, Optional.empty(), RoomEvent.RoomJoined.class);
        } catch (CallException | CommandException e) {
            link.abandon(e instanceof CommandTimeoutException);
            throw e;
        }
    }

    /**
     * Rolls the die, and waits until the API has said yes. What was rolled is delivered as
     * {@link RoomEvent.DiceRolled}, to everybody in the room.
     *
     * @return the API's yes
     * @throws CommandException if it said no, or nothing
     */
    public RoomEvent.Ack roll() {
        return asking(id -> new RoomCommand.Roll(Optional.of(id)), RoomEvent.Ack.class);
    }

    /**
     * Moves a piece by the die rolled, and waits until the API has said yes. What it does is delivered as
     * {@link RoomEvent.PieceMoved} and what follows from it.
     *
     * @param move the piece and where it is to go
     * @return the API's yes
     * @throws CommandException if it said no, or nothing
     */
    public RoomEvent.Ack move(Move move) {
        return asking(id -> new RoomCommand.MovePiece(move, Optional.of(id)), RoomEvent.Ack.class);
    }

    /**
     * Asks for the game as it stands, and waits for it. It is delivered as {@link RoomEvent.StateReport} as well.
     *
     * @return the game
     * @throws CommandException if the API said no, or nothing
     */
    public GameState sync() {
        return ask(new RoomCommand.Sync(), Optional.empty(), RoomEvent.StateReport.class)
                .state();
    }

    /**
     * Gives up the seat, or stops watching, and waits until the API has let the client go. That ends the connection.
     *
     * @throws CommandException if it said no, or nothing
     */
    public void leave() {
        RoomCommand leave = new RoomCommand.Leave();
        if (await(leave, Optional.empty()) instanceof Answers.Outcome.Gone gone
                && gone.how().code() != 1000) {
            throw gone.asFailureOf(leave.type());
        }
    }

    /**
     * Asks the API for a sign of life of itself, and waits for it. That the socket lives is watched anyway.
     *
     * @return how long it took
     * @throws CommandException if there was none
     */
    public Duration ping() {
        long since = System.nanoTime();
        asking(id -> new RoomCommand.Ping(Optional.of(id)), RoomEvent.Pong.class);
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /**
     * Sends a command and waits for nothing. The answer is delivered to the handlers alone.
     *
     * @param command any but {@link RoomCommand.Join} and {@link RoomCommand.Watch}
     * @throws CommandNotSentException if it was not sent
     * @throws IllegalArgumentException for a join or a watch, which {@link #open} alone sends
     */
    public void send(RoomCommand command) {
        if (command instanceof RoomCommand.Join || command instanceof RoomCommand.Watch) {
            throw new IllegalArgumentException(command.type() + " is sent by open()");
        }
        link.send(command);
    }

    private <E extends RoomEvent> E asking(Function<String, RoomCommand> command, Class<E> answer) {
        String id = "ludo-" + requests.incrementAndGet();
        return ask(command.apply(id), Optional.of(id), answer);
    }

    private <E extends RoomEvent> E ask(RoomCommand command, Optional<String> id, Class<E> answer) {
        return switch (await(command, id)) {
            case Answers.Outcome.Answered(RoomEvent event) -> answer.cast(event);
            case Answers.Outcome.Gone gone -> throw gone.asFailureOf(command.type());
        };
    }

    private Answers.Outcome await(RoomCommand command, Optional<String> id) {
        delivery.asking(1);
        try {
            return answers.await(command.type(), id, sockets.commandTimeout(), () -> link.send(command));
        } finally {
            delivery.asking(-1);
        }
    }

    /**
     * Closes the connection, whatever it is doing. Messages that wait for delivery are dropped; a handler that works may end
     * its work, and the {@link Closed} notice follows.
     *
     * <p>It waits until all of that has happened, but never longer than the closing handshake may take, 5 seconds; a handler
     * that still works then is interrupted. Within a handler it does not wait for handlers. Closing again does no harm.
     */
    @Override
    public void close() {
        link.beginClose();
        link.awaitEnd();
    }

    void beginClose() {
        link.beginClose();
    }
}
