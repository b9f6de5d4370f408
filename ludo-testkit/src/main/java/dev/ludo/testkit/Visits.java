package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent.Ack;
import dev.ludo.core.event.RoomEvent.Pong;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomEvent.RoomLeft;
import dev.ludo.core.event.RoomEvent.StateReport;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomRole;
import dev.ludo.core.model.RoomStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What sockets do in rooms, from their coming to their going. Guarded by the world's lock; nothing here waits for a peer. */
final class Visits {
    /** How long a socket has to join a room. */
    static final Duration JOIN_TIME = Duration.ofSeconds(10);

    private final Registry registry;
    private final Lobby lobby;
    private final GameMaster master;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Set<Visitor> all = new LinkedHashSet<>();
    private Optional<String> ended = Optional.empty();

    Visits(Registry registry, Lobby lobby, GameMaster master, Agenda agenda, InstantSource clock) {
        this.registry = registry;
        this.lobby = lobby;
        this.master = master;
        this.agenda = agenda;
        this.clock = clock;
    }

    Visitor arrive(Outbox outbox) {
        Visitor visitor = new Visitor(outbox, agenda.slot());
        ended.ifPresentOrElse(why -> outbox.end(CloseCode.GOING_AWAY, why), () -> {
            all.add(visitor);
            visitor.joinTime.plan(
                    clock.instant().plus(JOIN_TIME),
                    () -> dismiss(
                            visitor,
                            CloseCode.NOT_JOINED,
                            "no room was joined within " + JOIN_TIME.toSeconds() + " s"));
        });
        return visitor;
    }

    /** Closes all sockets, for good. */
    void end(String why) {
        ended = Optional.of(why);
        List.copyOf(all).forEach(visitor -> {
            all.remove(visitor);
            visitor.joinTime.cancel();
            visitor.room().ifPresent(room -> room.audience().remove(visitor));
            visitor.outbox().end(CloseCode.GOING_AWAY, why);
        });
    }

    private void dismiss(Visitor visitor, CloseCode code, String why) {
        gone(visitor);
        visitor.outbox().end(code, why);
    }

    /** A socket has gone, or nobody listens to it any more. */
    void gone(Visitor visitor) {
        if (all.remove(visitor)) {
            visitor.joinTime.cancel();
            visitor.room()
                    .ifPresent(room -> room.audience().remove(visitor).ifPresent(who -> room.connection(who, false)));
        }
    }

    void obey(Visitor visitor, RoomCommand command) {
        if (!all.contains(visitor)) {
            return; // its close is on the way
        }
        switch (command) {
            case RoomCommand.Join join -> join(visitor, join);
            case RoomCommand.Watch watch ->
                find(visitor, watch.roomCode()).ifPresent(room -> enter(visitor, room, Optional.empty(), watch.from()));
            case RoomCommand.Roll roll -> {
                PlayerId who = player(visitor);
                master.roll(roomWithGame(visitor), Optional.of(who));
                visitor.outbox().tell(new Ack(roll.requestId()));
            }
            case RoomCommand.MovePiece piece -> {
                PlayerId who = player(visitor);
                master.move(roomWithGame(visitor), Optional.of(who), piece.move());
                visitor.outbox().tell(new Ack(piece.requestId()));
            }
            case RoomCommand.Sync sync ->
                visitor.outbox().tell(new StateReport(roomWithGame(visitor).state()));
            case RoomCommand.Leave leave -> leave(visitor);
            case RoomCommand.Ping ping -> {
                room(visitor);
                visitor.outbox().tell(new Pong(ping.requestId()));
            }
        }
    }

    private void join(Visitor visitor, RoomCommand.Join join) {
        Optional<FakeRoom> room = find(visitor, join.roomCode());
        if (room.isEmpty()) {
            return;
        }
        Optional<PlayerId> who = registry.holder(join.playerToken())
                .filter(holder -> holder.room() == room.get())
                .map(Registry.Holder::playerId);
        if (who.isEmpty()) {
            dismiss(visitor, CloseCode.FORBIDDEN, "the player token is no seat's in room " + join.roomCode());
            return;
        }
        enter(visitor, room.get(), who, join.from());
    }

    /** The room that a socket wants to enter; empty if the socket was closed for it. */
    private Optional<FakeRoom> find(Visitor visitor, RoomCode code) {
        if (visitor.room().filter(room -> !room.code().equals(code)).isPresent()) {
            dismiss(visitor, CloseCode.FORBIDDEN, "this socket is in another room than " + code);
            return Optional.empty();
        }
        Optional<FakeRoom> room = registry.find(code);
        if (room.isEmpty()) {
            dismiss(visitor, CloseCode.NO_SUCH_ROOM, "there is no room " + code);
        }
        return room;
    }

    private void enter(Visitor visitor, FakeRoom room, Optional<PlayerId> who, Optional<Sequence> from) {
        visitor.joinTime.cancel();
        visitor.room(room);
        tellOfTheRoom(visitor, room, who, from);
        if (room.status() == RoomStatus.CLOSED) {
            dismiss(visitor, CloseCode.NORMAL, "the room is closed");
            return;
        }
        room.audience().add(visitor);
        if (visitor.player().equals(who)) {
            return;
        }
        room.audience().silence(visitor).ifPresent(before -> room.connection(before, false));
        who.ifPresent(player -> speakFor(visitor, room, player));
    }

    private void speakFor(Visitor visitor, FakeRoom room, PlayerId player) {
        Optional<Visitor> before = room.audience().speaksFor(player, visitor);
        if (before.isPresent()) {
            dismiss(before.get(), CloseCode.REPLACED, "the player has connected again");
        } else {
            room.connection(player, true);
        }
    }

    private static void tellOfTheRoom(Visitor visitor, FakeRoom room, Optional<PlayerId> who, Optional<Sequence> from) {
        Optional<List<Broadcast>> missed = from.flatMap(room.log()::since);
        visitor.outbox()
                .tell(new RoomJoined(
                        room.code(),
                        who.isPresent() ? RoomRole.PLAYER : RoomRole.SPECTATOR,
                        who,
                        who.flatMap(room::seat).flatMap(Seat::color),
                        missed.isPresent(),
                        room.log().top(),
                        room.log().epoch(),
                        Optional.of(room.room()),
                        missed.isPresent() ? Optional.empty() : room.anyGame().map(game -> room.state())));
        missed.ifPresent(broadcasts -> broadcasts.forEach(visitor.outbox()::send));
    }

    private void leave(Visitor visitor) {
        FakeRoom room = room(visitor);
        all.remove(visitor);
        room.audience().remove(visitor).ifPresent(who -> lobby.leave(room, who));
        visitor.outbox().tell(new RoomLeft());
        visitor.outbox().end(CloseCode.NORMAL, "left");
    }

    private static FakeRoom room(Visitor visitor) {
        return visitor.room()
                .orElseThrow(() -> ApiFailure.of(
                        ErrorCode.MALFORMED_REQUEST, "the first message must be a room:join or a room:watch"));
    }

    private static FakeRoom roomWithGame(Visitor visitor) {
        FakeRoom room = room(visitor);
        if (room.anyGame().isEmpty()) {
            throw ApiFailure.of(ErrorCode.GAME_NOT_FOUND, "the game in room " + room.code() + " has not started");
        }
        return room;
    }

    private static PlayerId player(Visitor visitor) {
        room(visitor);
        return visitor.player()
                .orElseThrow(() -> ApiFailure.of(ErrorCode.FORBIDDEN, "who has no seat in the room cannot play"));
    }
}
