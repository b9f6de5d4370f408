package dev.ludo.testkit;

import dev.ludo.core.event.CloseCode;
import dev.ludo.core.model.PlayerId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sockets in a room: all of them hear what happens there, and of each player at most one speaks. Guarded by the world's lock. */
final class Audience {
    private final Set<Visitor> all = new LinkedHashSet<>();
    private final Map<PlayerId, Visitor> players = new LinkedHashMap<>();

    void tell(Broadcast broadcast) {
        all.forEach(visitor -> visitor.outbox().send(broadcast));
    }

    void add(Visitor visitor) {
        all.add(visitor);
    }

    /** Lets a socket speak for a player from now on; gives the one that did before. */
    Optional<Visitor> speaksFor(PlayerId who, Visitor visitor) {
        visitor.player(Optional.of(who));
        return Optional.ofNullable(players.put(who, visitor)).filter(before -> before != visitor);
    }

    /** Takes a player's word from a socket; gives the player whose it was. */
    Optional<PlayerId> silence(Visitor visitor) {
        Optional<PlayerId> who = visitor.player().filter(player -> players.remove(player, visitor));
        visitor.player(Optional.empty());
        return who;
    }

    Optional<PlayerId> remove(Visitor visitor) {
        all.remove(visitor);
        return silence(visitor);
    }

    boolean hasPlayer(PlayerId who) {
        return players.containsKey(who);
    }

    /** A player has no seat any more; their socket only listens from now on. */
    void unseat(PlayerId who) {
        Optional.ofNullable(players.remove(who)).ifPresent(visitor -> visitor.player(Optional.empty()));
    }

    /** Closes all sockets, because the room is closed. */
    void dismiss(String reason) {
        all.forEach(visitor -> {
            visitor.player(Optional.empty());
            visitor.outbox().end(CloseCode.NORMAL, reason);
        });
        all.clear();
        players.clear();
    }
}
