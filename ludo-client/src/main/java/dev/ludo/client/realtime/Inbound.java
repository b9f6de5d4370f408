package dev.ludo.client.realtime;

import dev.ludo.client.frame.SocketLeg;
import dev.ludo.client.realtime.ConnectionEvent.Resumed;
import dev.ludo.client.realtime.ConnectionEvent.Resynced;
import dev.ludo.client.realtime.History.Rejoin;
import dev.ludo.client.realtime.RoomNotice.Received;
import dev.ludo.client.realtime.RoomNotice.Unreadable;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on a connection, over one socket after the other: read, held against what was delivered before, brought to
 * those who wait for an answer, and queued for who is to be told. For the connection's own thread.
 */
final class Inbound implements SocketLeg.Receiver {
    private static final System.Logger LOGGER = System.getLogger(RoomConnection.class.getName());

    private final Entrance entrance;
    private final Answers answers;
    private final Mailbox mailbox;
    private final Consumer<RoomJoined> onJoined;
    private final MessageReader reader = new MessageReader();
    private final History history = new History();
    private final CatchUp catchUp;
    private final Observer observer;

    private boolean everJoined;
    private boolean greeted;
    private Optional<String> announcedEnd = Optional.empty();

    // Of the present socket.
    private @Nullable SocketLeg leg;
    private boolean joined;
    private boolean useful;
    private boolean deaf;
    private Optional<RoomEvent.Refused> refusal = Optional.empty();

    /** The socket over which a join has been without an answer for so long that none may be expected. */
    private volatile @Nullable SocketLeg silent;

    Inbound(
            Entrance entrance,
            Answers answers,
            Mailbox mailbox,
            Function<GameId, Optional<GameState>> states,
            Consumer<RoomJoined> onJoined) {
        this.entrance = entrance;
        this.answers = answers;
        this.mailbox = mailbox;
        this.onJoined = onJoined;
        this.catchUp = new CatchUp(answers, history);
        this.observer = new Observer(states);
    }

    /** A socket is there; gives what it has to join the room with. */
    RoomCommand begin(SocketLeg socket) {
        leg = socket;
        joined = false;
        useful = false;
        deaf = false;
        reader.restart();
        catchUp.restart();
        refusal = Optional.empty();
        return entrance.command(history.from());
    }

    @Override
    public void text(byte[] utf8) {
        if (deaf) {
            return;
        }
        RoomMessage message = read(utf8);
        if (message == null) {
            return;
        }
        if (joined) {
            next(message);
        } else {
            first(message);
        }
    }

    @Override
    public void binary(byte[] bytes) {
        if (!deaf) {
            skip(new MalformedJsonException(Kind.SYNTAX, "a binary message of " + bytes.length + " bytes", null));
        }
    }

    @Override
    public void pausing() {
        mailbox.handOver();
    }

    /** The join over this socket has been without an answer for long. */
    void isSilent(SocketLeg socket) {
        silent = socket;
    }

    // Who answers a ping has read the join, which was sent before, and had nothing against it.
    @Override
    public void pong() {
        if (!joined && !deaf && !greeted && socket().equals(silent)) {
            joinUngreeted();
        }
    }

    /** Says which game is played, for an API that does not. */
    void play(GameId game) {
        observer.play(game);
    }

    private @Nullable RoomMessage read(byte[] utf8) {
        try {
            return reader.read(utf8, history.epoch());
        } catch (MalformedJsonException e) {
            skip(e);
        }
        if (joined && MessageReader.seqOf(utf8) == history.last() + 1) {
            history.take(history.last() + 1); // it has been told, as unreadable, and nothing is missing
        }
        return null;
    }

    private void skip(MalformedJsonException defect) {
        if (joined) {
            mailbox.put(new Unreadable(defect));
        }
        if (reader.isOneTooMany()) {
            deaf = true;
            socket().close(
                            CloseCode.MALFORMED.number(),
                            "more than " + MessageReader.MAX_UNREADABLE + " messages in a row could not be read");
        }
    }

    private SocketLeg socket() {
        SocketLeg present = leg;
        if (present == null) {
            throw new IllegalStateException("there is no socket yet");
        }
        return present;
    }

    private void first(RoomMessage message) {
        switch (message.event()) {
            case RoomJoined event -> {
                greeted = true;
                join(event, message);
            }
            case RoomEvent.Refused event -> {
                refusal = Optional.of(event);
                deaf = true;
                socket().close(CloseCode.NORMAL.number(), "");
            }
            case RoomEvent.RoomClosed event -> {
                if (everJoined) {
                    mailbox.put(new Received(message));
                }
                end(event.reason().orElse("the room is closed"));
            }
            default -> {
                if (history.at().isEmpty() && Entrance.isFromWhoDoesNotGreet(message)) {
                    joinUngreeted();
                    next(message);
                } else {
                    LOGGER.log(
                            System.Logger.Level.DEBUG,
                            () -> "skipped before joining: " + message.event().type());
                }
            }
        }
    }

    private void joinUngreeted() {
        RoomJoined implied = entrance.implied();
        join(implied, new RoomMessage(implied, Optional.empty(), Optional.empty()));
    }

    private void join(RoomJoined event, RoomMessage message) {
        observer.see(event);
        if (!everJoined) {
            history.begin(event);
            everJoined = true;
            joined = true;
            mailbox.put(new Received(message));
            onJoined.accept(event);
            return;
        }
        Optional<Sequence> from = history.at();
        Rejoin how = history.rejoin(event);
        if (how == Rejoin.RESUMED) {
            joined = true;
            onJoined.accept(event); // so that whoever is told can give commands
            mailbox.put(new Resumed(from.orElseThrow(), new Sequence(event.epoch(), event.seq())));
            catchUp.from(event.seq());
        } else {
            resync(event, from);
        }
    }

    private void resync(RoomJoined event, Optional<Sequence> from) {
        Optional<GameState> state;
        try {
            state = observer.stateAt(event);
        } catch (CallException e) {
            leaveFor("the state of the game could not be had: " + e.getMessage());
            return;
        }
        joined = true;
        onJoined.accept(event);
        mailbox.put(new Resynced(from, history.at(), state, event.room()));
        answers.resynced(move -> state.flatMap(now -> observer.wasApplied(move, now)));
    }

    private void next(RoomMessage message) {
        if (message.at().isPresent()) {
            long seq = message.at().get().seq();
            switch (history.take(seq)) {
                case NEXT -> {}
                case DUPLICATE -> {
                    return;
                }
                case GAP -> {
                    closeGap(seq);
                    return;
                }
            }
        }
        RoomEvent event = message.event();
        if (catchUp.isOurs(event)) {
            return;
        }
        Optional<ProxyNotice> notice = ProxyNotice.of(event);
        if (notice.isPresent() && !catchUp.isBorne(notice.get(), socket())) {
            leaveFor("the proxy came back to the API without what was missed");
            return;
        }
        useful |= notice.isEmpty() && !(event instanceof RoomJoined) && !(event instanceof RoomEvent.Refused);
        observer.see(event);
        answers.look(event);
        if (event instanceof RoomJoined late) {
            greetLate(late, message);
            return;
        }
        mailbox.put(new Received(message));
        if (message.at().isPresent()) {
            catchUp.look();
        }
        switch (event) {
            case RoomEvent.RoomClosed closed -> end(closed.reason().orElse("the room is closed"));
            case RoomEvent.RoomLeft left -> end("left the room");
            default -> {}
        }
    }

    private void greetLate(RoomJoined event, RoomMessage message) {
        if (!greeted) { // else nobody has asked for it
            greeted = true;
            history.begin(event);
            mailbox.put(new Received(message));
        }
    }

    // A new socket brings what is missing. If it is missing there too, it is missing for good, and a state has to do.
    private void closeGap(long seq) {
        history.missNext();
        leaveFor("broadcasts " + (history.last() + 1) + " to " + (seq - 1) + " are missing");
    }

    private void leaveFor(String reason) {
        deaf = true;
        socket().cut(CloseCode.ABNORMAL.number(), reason);
    }

    private void end(String reason) {
        announcedEnd = Optional.of(reason);
        deaf = true;
        socket().close(CloseCode.NORMAL.number(), "");
    }

    /** Whether the present socket has been taken into the room. */
    boolean isJoined() {
        return joined;
    }

    /**
     * Whether the present socket has brought anything since: a broadcast that is new, a state, an answer. Being let in is not
     * yet anything, nor is a no, nor what cannot be read or was told before: an API that is sick may give all of these.
     */
    boolean isUseful() {
        return useful;
    }

    /** What the API said in place of taking the present socket into the room. */
    Optional<RoomEvent.Refused> refusal() {
        return refusal;
    }

    /** Why the connection is going to end, if the API said so beforehand. */
    Optional<String> announcedEnd() {
        return announcedEnd;
    }
}
