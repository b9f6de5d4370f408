package dev.ludo.testkit;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** All that a reset forgets. Guarded by the world's lock. */
final class Realm {
    // Keeps the bots' choices away from the dice, which have the streams seed, seed + 1, …
    private static final long APART = 0xB07_0000_0000_0000L;

    final Agenda agenda;
    final DiceBox dice;
    final Players players;
    final Registry registry;
    final Gate gate;
    final History history;
    final Webhooks webhooks;
    final GameMaster master;
    final Lobby lobby;
    final Visits visits;
    final Scenery scenery;

    /**
     * A new one, in which nobody is.
     *
     * @param epoch names this history; tokens of another are worth nothing here
     */
    Realm(FakeSetup setup, String epoch, Agenda agenda, Courier courier) {
        VirtualClock clock = setup.clock();
        Ids ids = new Ids(setup.seed());
        this.agenda = agenda;
        this.dice = new DiceBox(setup.seed(), setup.dice());
        this.players = new Players(ids, new SessionTokens(ids.signingKey(), epoch, clock), clock);
        this.registry = new Registry(ids, epoch, setup);
        this.gate = new Gate(players, registry);
        this.history = new History(setup.limits().games());
        this.webhooks = new Webhooks(new Ids(~setup.seed()), agenda, courier, clock);
        RoomLife life = new RoomLife(registry, players, history, webhooks, clock);
        this.master = new GameMaster(registry, players, life, dice, setup);
        this.lobby = new Lobby(registry, players, life, master, agenda, new SplittableRandom(setup.seed() ^ APART));
        this.visits = new Visits(registry, lobby, master, agenda, clock);
        this.scenery = new Scenery(this, setup);
    }

    /** Queues dice for a game, or for whichever rolls next; says how many wait now. Empty if there is no such game. */
    Optional<Integer> rollNext(Optional<String> gameId, List<Integer> values) {
        return gameId.isEmpty()
                ? Optional.of(dice.queue(values))
                : registry.findOfGame(gameId.get())
                        .map(room -> room.game().dice().queue(values));
    }
}
