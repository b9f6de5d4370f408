package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.LeaderboardEntry;
import dev.ludo.core.model.NewPlayer;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.PlayerName;
import dev.ludo.core.model.PlayerStats;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Secret;
import dev.ludo.core.rules.Game;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who has registered and what they have achieved. Guarded by the world's lock. */
final class Players {
    /** What everybody's rating starts at. */
    static final int FIRST_RATING = 1200;

    /**
     * A player with all that is known of them.
     *
     * @param won how many games they have won, for each mode in which they have played one to the end
     */
    record Entry(
            PlayerId playerId,
            String playerName,
            Instant createdAt,
            Optional<Secret> session,
            PlayerStats stats,
            Map<GameMode, Integer> won) {
        Player player() {
            return new Player(playerId, playerName, Optional.of(createdAt), Optional.of(stats));
        }

        Entry after(GameMode mode, boolean victory, PlayerStats changed) {
            Map<GameMode, Integer> now = new EnumMap<>(GameMode.class);
            now.putAll(won);
            now.merge(mode, victory ? 1 : 0, Integer::sum);
            return new Entry(playerId, playerName, createdAt, session, changed, now);
        }
    }

    /** How many there may be, so that the fake's memory is bounded. */
    private static final int MOST = 100_000;

    private final Map<PlayerId, Entry> players = new LinkedHashMap<>();
    private final Ids ids;
    private final SessionTokens sessions;
    private final InstantSource clock;

    Players(Ids ids, SessionTokens sessions, InstantSource clock) {
        this.ids = ids;
        this.sessions = sessions;
        this.clock = clock;
    }

    Registration register(NewPlayer wish) {
        PlayerId id = freshId();
        Secret session = sessions.issue(id);
        Entry entry = add(id, wish.playerName(), Optional.of(session));
        return new Registration(id, entry.playerName, session, Optional.of(entry.createdAt));
    }

    /** A player that nobody can log in as. */
    Entry addBot(String name) {
        return add(freshId(), PlayerName.of(name), Optional.empty());
    }

    private PlayerId freshId() {
        PlayerId id = ids.player();
        while (players.containsKey(id)) {
            id = ids.player();
        }
        return id;
    }

    private Entry add(PlayerId id, PlayerName name, Optional<Secret> session) {
        if (players.size() == MOST) {
            throw ApiFailure.of(ErrorCode.UNAVAILABLE, "there are " + MOST + " players, and this fake takes no more");
        }
        Entry entry =
                new Entry(id, name.value(), clock.instant(), session, new PlayerStats(0, 0, 0, FIRST_RATING), Map.of());
        players.put(id, entry);
        return entry;
    }

    Entry get(PlayerId id) {
        return Optional.ofNullable(players.get(id))
                .orElseThrow(() -> ApiFailure.of(ErrorCode.PLAYER_NOT_FOUND, "there is no player " + id));
    }

    boolean isBot(PlayerId id) {
        return get(id).session.isEmpty();
    }

    List<Entry> all() {
        return List.copyOf(players.values());
    }

    /** Whose session a token is; empty for one that is not valid, or no longer. */
    Optional<PlayerId> bySession(Secret token) {
        return sessions.verify(token).filter(players::containsKey);
    }

    void forget(PlayerId id) {
        players.remove(id);
    }

    /** Those who have played a mode to the end: by rating, then by the games of the mode that they have won, then by id. */
    List<LeaderboardEntry> leaderboard(GameMode mode, int limit) {
        List<Entry> best = players.values().stream()
                .filter(entry -> entry.won.containsKey(mode))
                .sorted(Comparator.comparingInt((Entry entry) -> -entry.stats.rating())
                        .thenComparingInt(entry -> -entry.won.getOrDefault(mode, 0))
                        .thenComparing(entry -> entry.playerId.value()))
                .limit(limit)
                .toList();
        return IntStream.range(0, best.size())
                .mapToObj(i -> new LeaderboardEntry(
                        i + 1,
                        best.get(i).playerId,
                        best.get(i).playerName,
                        best.get(i).stats.rating(),
                        best.get(i).won.getOrDefault(mode, 0)))
                .toList();
    }

    /** Adds an ended game to its players' stats, and to their ratings if it was ranked. */
    void count(Game game, GameMode mode) {
        List<PlayerId> ranking = game.ranking();
        Map<PlayerId, Integer> changes = mode == GameMode.RANKED
                ? Elo.changes(ranking, id -> get(id).stats.rating())
                : Map.of();
        for (PlayerId id : ranking) {
            Entry entry = get(id);
            PlayerStats before = entry.stats;
            boolean won = id.equals(ranking.getFirst());
            PlayerStats after = new PlayerStats(
                    before.gamesPlayed() + 1,
                    before.gamesWon() + (won ? 1 : 0),
                    before.captures() + game.seat(id).captures(),
                    before.rating() + changes.getOrDefault(id, 0));
            players.put(id, entry.after(mode, won, after));
        }
    }
}
