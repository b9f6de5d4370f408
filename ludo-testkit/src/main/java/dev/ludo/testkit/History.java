package dev.ludo.testkit;

import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.Page;
import dev.ludo.core.model.PlayerId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which games each player has played, also when their rooms are forgotten. Of all games only the last ones are kept.
 * Guarded by the world's lock.
 */
final class History {
    /** A game, by the number of its start. */
    private record Entry(long number, Supplier<GameSummary> summary) {}

    private final int limit;
    private final Map<GameId, Entry> games = new LinkedHashMap<>();
    private final Map<PlayerId, NavigableMap<Long, Entry>> byPlayer = new HashMap<>();
    private long started;

    /** A history that keeps so many games. */
    History(int limit) {
        this.limit = limit;
    }

    /** A game has begun; until its end it is shown as it is when somebody asks. */
    void begin(FakeRoom room) {
        if (games.size() == limit) {
            forget(games.values().iterator().next());
        }
        put(new Entry(++started, () -> room.game().summary(room)));
    }

    /** A game has ended, and is always shown like this from now on. */
    void end(FakeRoom room) {
        GameSummary last = room.game().summary(room);
        Entry entry = games.get(last.gameId());
        if (entry != null) {
            put(new Entry(entry.number, () -> last));
        }
    }

    private void put(Entry entry) {
        GameSummary summary = entry.summary.get();
        games.put(summary.gameId(), entry);
        summary.players()
                .forEach(player -> byPlayer.computeIfAbsent(player.playerId(), who -> new TreeMap<>())
                        .put(entry.number, entry));
    }

    private void forget(Entry entry) {
        GameSummary summary = entry.summary.get();
        games.remove(summary.gameId());
        summary.players()
                .forEach(player -> byPlayer.computeIfPresent(player.playerId(), (who, played) -> {
                    played.remove(entry.number);
                    return played.isEmpty() ? null : played;
                }));
    }

    /** A player is forgotten; what others have played with them is not. */
    void forget(PlayerId who) {
        byPlayer.remove(who);
    }

    /** A player's games, the latest first. */
    Page<GameSummary> page(PlayerId who, OptionalLong after, int limit) {
        NavigableMap<Long, Entry> played = byPlayer.getOrDefault(who, new TreeMap<>());
        NavigableMap<Long, Entry> left = after.isPresent() ? played.headMap(after.getAsLong(), false) : played;
        return Cursor.page(left.descendingMap().values().iterator(), limit, Entry::number)
                .map(entry -> entry.summary.get());
    }
}
