package dev.ludo.client.realtime;

import dev.ludo.client.frame.SocketLeg;
import dev.ludo.client.realtime.Answers.Outcome;
import dev.ludo.client.realtime.Answers.Pending;
import dev.ludo.core.error.CommandNotSentException;
import dev.ludo.core.error.CommandRejectedException;
import dev.ludo.core.error.DisconnectedException;
import dev.ludo.core.error.Failure;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.json.CommandCodec;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Move;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Sends commands over whichever socket there is, and waits for what becomes of them. Thread-safe. */
final class Commands {
    private final Keeper keeper;
    private final Answers answers;
    private final Mailbox mailbox;
    private final Duration timeout;
    private final AtomicLong requests = new AtomicLong();

    Commands(Keeper keeper, Answers answers, Mailbox mailbox, Duration timeout) {
        this.keeper = keeper;
        this.answers = answers;
        this.mailbox = mailbox;
        this.timeout = timeout;
    }

    RoomEvent.Ack roll() {
        Optional<String> id = freshId();
        return ask(new RoomCommand.Roll(id), id, RoomEvent.Ack.class);
    }

    RoomEvent.Ack move(Move move) {
        Optional<String> id = freshId();
        RoomCommand command = new RoomCommand.MovePiece(move, id);
        Pending waiting = Pending.of(command.type(), id, Optional.of(move));
        return switch (await(waiting, CommandCodec.write(command))) {
            case Outcome.Answered(RoomEvent event) -> (RoomEvent.Ack) event;
            case Outcome.Applied applied -> new RoomEvent.Ack(id);
            case Outcome.NotApplied(Drop drop) -> throw lost(waiting, drop, DisconnectedException.Effect.NONE);
            case Outcome.Unknown(Drop drop) -> throw lost(waiting, drop, DisconnectedException.Effect.UNKNOWN);
        };
    }

    GameState sync() {
        return ask(new RoomCommand.Sync(), Optional.empty(), RoomEvent.StateReport.class)
                .state();
    }

    void leave() {
        RoomCommand leave = new RoomCommand.Leave();
        Pending waiting = Pending.of(leave.type(), Optional.empty(), Optional.empty());
        if (await(waiting, CommandCodec.write(leave)) instanceof Outcome.Unknown(Drop drop) && drop.code() != 1000) {
            throw lost(waiting, drop, DisconnectedException.Effect.UNKNOWN);
        }
    }

    Duration ping() {
        long since = System.nanoTime();
        Optional<String> id = freshId();
        ask(new RoomCommand.Ping(id), id, RoomEvent.Pong.class);
        return Duration.ofNanos(System.nanoTime() - since);
    }

    RoomEvent send(String type, Map<String, ?> fields) {
        if (type.equals("room:join") || type.equals("room:watch")) {
            throw new IllegalArgumentException(type + " is sent by open()");
        }
        if (fields.containsKey("type") || fields.containsKey("requestId")) {
            throw new IllegalArgumentException("type and requestId are not for the fields");
        }
        Optional<String> id = freshId();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("type", type);
        out.putAll(fields);
        out.put("requestId", id.orElseThrow());
        Pending waiting = Pending.of(type, id, Optional.empty());
        return answer(waiting, await(waiting, LudoJson.write(out)), RoomEvent.class);
    }

    private Optional<String> freshId() {
        return Optional.of("ludo-" + requests.incrementAndGet());
    }

    private <E extends RoomEvent> E ask(RoomCommand command, Optional<String> id, Class<E> type) {
        Pending waiting = Pending.of(command.type(), id, Optional.empty());
        return answer(waiting, await(waiting, CommandCodec.write(command)), type);
    }

    private static <E extends RoomEvent> E answer(Pending waiting, Outcome outcome, Class<E> type) {
        return switch (outcome) {
            case Outcome.Answered(RoomEvent event) -> type.cast(event);
            case Outcome.Unknown(Drop drop) -> throw lost(waiting, drop, DisconnectedException.Effect.UNKNOWN);
            case Outcome.NotApplied none -> throw new IllegalStateException("only moves are looked for");
            case Outcome.Applied done -> throw new IllegalStateException("only moves are looked for");
        };
    }

    private static DisconnectedException lost(Pending waiting, Drop drop, DisconnectedException.Effect effect) {
        return new DisconnectedException(
                waiting.command(),
                drop.code(),
                drop.reason(),
                effect,
                drop.cause().orElse(null));
    }

    /** Sends a command; gives anything but a no, which is thrown. */
    private Outcome await(Pending waiting, String json) {
        mailbox.asking(1);
        try {
            Outcome outcome = answers.await(waiting, timeout, () -> send(waiting.command(), json));
            if (outcome instanceof Outcome.Answered(RoomEvent.Refused no)) {
                throw new CommandRejectedException(
                        waiting.command(), new Failure(no.message(), no.code(), List.of(), no.requestId()));
            }
            return outcome;
        } finally {
            mailbox.asking(-1);
        }
    }

    private void send(String command, String json) {
        SocketLeg via = keeper.live();
        if (via == null) {
            throw new CommandNotSentException(
                    command,
                    "was not sent: the connection is "
                            + switch (keeper.status()) {
                                case NEW -> "not open yet";
                                case CONNECTING, WAITING -> "lost and not joined again yet";
                                case JOINED, CLOSED -> "closed";
                            });
        }
        switch (via.send(json.getBytes(StandardCharsets.UTF_8))) {
            case SENT -> {}
            case FULL -> throw new CommandNotSentException(command, "was not sent: too much waits to be sent already");
            case CLOSED -> throw new CommandNotSentException(command, "was not sent: the connection is lost");
        }
    }
}
