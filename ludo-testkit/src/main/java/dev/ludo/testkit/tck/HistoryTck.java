package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckFeature.HISTORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludo.core.event.MoveResult;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.RollResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was played: the games of a player, the moves of a game, in pages. Section 1 of the contract. */
public abstract class HistoryTck extends TckSuite {
    private static final int MANY_PAGES = 100;

    /** For subclasses. */
    protected HistoryTck() {}

    /** All elements, page by page. */
    private List<Json> pages(String path, int limit) {
        List<Json> all = new ArrayList<>();
        String cursor = "";
        for (int i = 0; i < MANY_PAGES; i++) {
            Json page = http().get(path + "?limit=" + limit + cursor).envelope(200);
            List<Json> elements = page.objects("data");
            assertTrue(elements.size() <= limit, "a page has at most " + limit + " elements, had " + elements.size());
            all.addAll(elements);
            if (!page.has("nextCursor")) {
                return all;
            }
            cursor = "&cursor=" + URLEncoder.encode(page.text("nextCursor"), StandardCharsets.UTF_8);
        }
        throw new AssertionError(path + " has no last page");
    }

    @TckCase(value = "1: GET /games/{gameId}/moves", needs = HISTORY)
    void theMovesOfAGameAreKeptInOrder() {
        Table table = playing(2, GameMode.QUICK);
        GameState state = table.state();
        List<LegalMove> made = new ArrayList<>();
        List<Integer> dice = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RollResult rolled = table.rollUntilMovable(state);
            LegalMove move = rolled.legalMoves().getFirst();
            MoveResult moved = table.move(rolled.state(), move);
            made.add(move);
            dice.add(rolled.value());
            state = moved.state().orElseThrow();
        }
        List<Json> kept = pages("/games/" + state.gameId() + "/moves", 2);
        assertEquals(
                made.stream()
                        .map(move -> move.pieceId() + " to " + move.targetPosition())
                        .toList(),
                kept.stream()
                        .map(move -> move.text("pieceId") + " to " + move.number("position"))
                        .toList());
        assertEquals(dice, kept.stream().map(move -> (int) move.number("dice")).toList());
        List<PlayerId> players =
                table.seats().stream().map(Table.Seat::playerId).toList();
        long seq = 0;
        for (Json move : kept) {
            assertTrue(move.number("seq") > seq, "seq must grow");
            seq = move.number("seq");
            PlayerId mover = PlayerId.of(move.text("playerId"));
            assertTrue(players.contains(mover), () -> mover + " must be one of the players");
            move.number("from");
            move.texts("captured");
            move.time("at");
        }
    }

    @TckCase(value = "1: GET /games/{gameId}/moves, none yet", needs = HISTORY)
    void aGameWithoutMovesHasNone() {
        Json page = http().get(playing(2, GameMode.CLASSIC).game() + "/moves").envelope(200);
        assertEquals(List.of(), page.objects("data"));
        page.assertAbsent("nextCursor");
        http().get("/games/gam_nowhere0/moves").failure(404, "GAME_NOT_FOUND");
    }

    @TckCase(value = "1: GET /players/{playerId}/games", needs = HISTORY)
    void theGamesOfAPlayerAreKept() {
        Registration ann = Table.register(http(), "Ann");
        Set<String> games = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            Table table = table(2, GameMode.CLASSIC);
            Table.Seat bob = table.seat("Bob");
            table.tryJoin(ann).data(200);
            games.add(table.state().gameId().value());
            table.tryLeave(bob).data(200);
        }
        List<Json> kept = pages("/players/" + ann.playerId() + "/games", 2);
        assertEquals(3, kept.size());
        assertEquals(
                games,
                new TreeSet<>(kept.stream().map(game -> game.text("gameId")).toList()));
        for (Json game : kept) {
            assertEquals("classic", game.text("gameMode"));
            assertEquals("ended", game.text("status"));
            assertEquals(ann.playerId().value(), game.text("winnerId"));
            assertEquals(2, game.objects("players").size());
            assertEquals("red", game.objects("players").getFirst().text("color"));
            assertEquals(false, game.text("roomCode").isBlank());
            assertEquals(false, game.time("endedAt").isBefore(game.time("startedAt")), "endedAt");
        }
    }

    @TckCase(value = "1: GET /players/{playerId}/games, a running one", needs = HISTORY)
    void aRunningGameHasNoWinnerYet() {
        Table table = playing(2, GameMode.CLASSIC);
        Json game = pages("/players/" + table.seat(0).playerId() + "/games", 20).getFirst();
        assertEquals("playing", game.text("status"));
        game.assertAbsent("winnerId");
        game.assertAbsent("endedAt");
    }

    @TckCase(value = "1: GET /players/{playerId}/games, limit and cursor", needs = HISTORY)
    void aPageHasItsBounds() {
        Registration ann = Table.register(http(), "Ann");
        String path = "/players/" + ann.playerId() + "/games";
        assertEquals(List.of(), http().get(path).list(200));
        for (String limit : List.of("0", "101", "-1", "many")) {
            http().get(path + "?limit=" + limit).invalid("limit");
        }
        http().get(path + "?cursor=not-a-cursor").invalid("cursor");
        http().get("/players/plr_nobody00/games").failure(404, "PLAYER_NOT_FOUND");
    }
}
