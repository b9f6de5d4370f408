package dev.ludo.testkit;

import java.time.Duration;
import java.util.SplittableRandom;

/** All that a reset forgets. Guarded by the world's lock. */
final class Realm {
    // Keeps the bots' choices away from the dice, which have the streams seed, seed + 1, …
    private static final long APART = 0xB07_0000_0000_0000L;

    final Agenda agenda;
    final DiceBox dice;
    final Players players;
    final Registry registry;
    final GameMaster master;
    final Lobby lobby;
    final Visits visits;

    /**
     * A new one, in which nobody is.
     *
     * @param epoch names this history; tokens of another are worth nothing here
     */
    Realm(long seed, String epoch, Duration turnTime, VirtualClock clock, Agenda agenda) {
        Ids ids = new Ids(seed);
        this.agenda = agenda;
        this.dice = new DiceBox(seed);
        this.players = new Players(ids, new SessionTokens(ids.signingKey(), epoch, clock), clock);
        this.registry = new Registry(ids, epoch, clock);
        RoomLife life = new RoomLife(registry, players, clock);
        this.master = new GameMaster(registry, players, life, dice, turnTime, clock);
        this.lobby = new Lobby(registry, players, life, master, agenda, new SplittableRandom(seed ^ APART));
        this.visits = new Visits(registry, lobby, master, agenda, clock);
    }
}
