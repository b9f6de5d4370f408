package dev.ludo.testkit;

import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.PlayerName;
import dev.ludo.core.model.Registration;
import dev.ludo.core.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Sets scenes for tests, by the ways that players go. Guarded by the world's lock. */
final class Scenery {
    private final Realm realm;
    private final FakeSetup setup;

    Scenery(Realm realm, FakeSetup setup) {
        this.realm = realm;
        this.setup = setup;
    }

    /** Registers a player and seats them. */
    SeatedPlayer seat(FakeRoom room, PlayerName name) {
        room.requireWaiting();
        Registration player = realm.players.register(new NewPlayer(name, Optional.empty(), Optional.empty()));
        return new SeatedPlayer(
                player.playerId(),
                player.sessionToken(),
                realm.lobby.join(room, player.playerId()).playerToken());
    }

    /** Opens a room in which everybody sits and the game stands so. Nothing is done if the game cannot stand so. */
    Table set(GameAt at) {
        RuleSet rules = setup.rules().apply(at.mode());
        List<PlayerId> anybody = IntStream.range(0, at.count())
                .mapToObj(i -> PlayerId.of("player-" + i))
                .toList();
        at.opening(rules, anybody);
        FakeRoom room = realm.lobby.open(new NewRoom(at.count(), at.mode()));
        room.opening(at::opening);
        List<SeatedPlayer> players = new ArrayList<>();
        for (int i = 0; i < at.count(); i++) {
            players.add(seat(room, PlayerName.of("Player " + (i + 1))));
        }
        return new Table(room.room(), room.state(), players);
    }
}
