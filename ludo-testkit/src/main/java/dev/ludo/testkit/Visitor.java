package dev.ludo.testkit;

import dev.ludo.core.model.PlayerId;
import java.util.Optional;

/** One socket as the world sees it: in which room it is, and for which player, if for any. Guarded by the world's lock. */
final class Visitor {
    private final Outbox outbox;
    private Optional<FakeRoom> room = Optional.empty();
    private Optional<PlayerId> player = Optional.empty();

    /** The end of the time in which it has to join. */
    final Agenda.Slot joinTime;

    Visitor(Outbox outbox, Agenda.Slot joinTime) {
        this.outbox = outbox;
        this.joinTime = joinTime;
    }

    Outbox outbox() {
        return outbox;
    }

    Optional<FakeRoom> room() {
        return room;
    }

    void room(FakeRoom entered) {
        room = Optional.of(entered);
    }

    /** Who plays by it; empty for a spectator, and for a player who has lost the seat. */
    Optional<PlayerId> player() {
        return player;
    }

    void player(Optional<PlayerId> newPlayer) {
        player = newPlayer;
    }
}
