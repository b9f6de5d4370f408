package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckFeature.LEADERBOARD;
import static dev.ludo.testkit.tck.TckFeature.RATINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludo.core.model.GameMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** The leaderboard: its order, its length, its ETag. Section 1 of the contract. */
public abstract class LeaderboardTck extends TckSuite {
    private static final Comparator<Json> ORDER = Comparator.<Json>comparingLong(row -> -row.number("rating"))
            .thenComparingLong(row -> -row.number("gamesWon"))
            .thenComparing(row -> row.text("playerId"));

    /** For subclasses. */
    protected LeaderboardTck() {}

    /** What no cache on the way may answer. */
    private Reply fresh(String query) {
        return http().get("/leaderboard" + query, "Cache-Control", "no-cache");
    }

    private Table rankedGame() {
        Table table = playing(2, GameMode.RANKED);
        table.tryLeave(table.seat(0)).data(200);
        return table;
    }

    @TckCase(value = "1: GET /leaderboard, rows in order", needs = LEADERBOARD)
    void rowsAreRankedByRatingThenGamesWonThenId() {
        rankedGame();
        rankedGame();
        List<Json> rows = fresh("?limit=100").list(200);
        assertEquals(rows.stream().sorted(ORDER).toList(), rows);
        assertEquals(
                LongStream.rangeClosed(1, rows.size()).boxed().toList(),
                rows.stream().map(row -> row.number("rank")).toList());
        rows.forEach(row -> assertEquals(false, row.text("playerName").isBlank(), "playerName must not be blank"));
    }

    @TckCase(
            value = "1: GET /leaderboard after a ranked game",
            needs = {LEADERBOARD, RATINGS})
    void whoWonARankedGameIsOnIt() {
        String winner = rankedGame().seat(1).playerId().value();
        List<Json> rows = fresh("?limit=100").list(200);
        boolean there = rows.stream().anyMatch(row -> row.text("playerId").equals(winner));
        assertTrue(
                there || (rows.size() == 100 && rows.getLast().number("rating") >= 1216),
                "a winner with a rating of 1216 must be on the leaderboard, which ends with " + rows);
    }

    @TckCase(value = "1: GET /leaderboard, limit", needs = LEADERBOARD)
    void aListIsNoLongerThanAskedFor() {
        rankedGame();
        assertTrue(fresh("").list(200).size() <= 50, "50 rows at most unless asked for more");
        assertEquals(1, fresh("?limit=1").list(200).size());
        for (String limit : List.of("0", "101", "-1", "many", "")) {
            fresh("?limit=" + limit).invalid("limit");
        }
    }

    @TckCase(value = "1: GET /leaderboard, mode", needs = LEADERBOARD)
    void anUnknownModeIsInvalid() {
        fresh("?mode=ranked").list(200);
        fresh("?mode=chess").invalid("mode");
    }

    @TckCase(value = "1: GET /leaderboard, ETag and Cache-Control", needs = LEADERBOARD)
    void whoHasItAlreadyIsToldSo() {
        Reply first = http().get("/leaderboard");
        String etag = first.header("ETag").orElse("");
        assertTrue(etag.matches("(W/)?\"[^\"]*\""), "ETag must be a quoted text, was " + etag);
        String control = first.header("Cache-Control").orElse("");
        assertTrue(control.contains("max-age="), "Cache-Control must have max-age, was " + control);
        Reply other = http().get("/leaderboard", "If-None-Match", "\"another\"");
        other.list(200);
        Reply again = http().get(
                        "/leaderboard",
                        "If-None-Match",
                        "\"another\", " + other.header("ETag").orElse(""));
        assertTrue(
                again.status() == 304 || !again.header("ETag").equals(other.header("ETag")),
                again + ": must be 304 as long as the ETag is the same");
    }
}
