package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.GameSummary.Seat;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.webhook.WebhookEvent.GameEnded;
import dev.ludo.core.webhook.WebhookVerifier;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;

/**
 * A game as the archive keeps it.
 *
 * @param game who played, and who won
 * @param ranking all players by place, the winner first; empty if the API did not say
 */
record FinishedGame(GameSummary game, List<PlayerId> ranking) {
    /** Who stands in the place of a player who was forgotten. */
    static final PlayerId FORGOTTEN = PlayerId.of("forgotten");

    static FinishedGame of(GameEnded event) {
        return new FinishedGame(event.game(), event.ranking());
    }

    boolean has(PlayerId player) {
        return game.players().stream().anyMatch(seat -> seat.playerId().equals(player))
                || ranking.contains(player)
                || game.winnerId().filter(player::equals).isPresent();
    }

    /** The same game, in which nothing tells that a player was in it. */
    FinishedGame without(PlayerId player) {
        List<Seat> players = game.players().stream()
                .map(seat -> seat.playerId().equals(player)
                        ? new Seat(FORGOTTEN, "", seat.color(), seat.finishedRank())
                        : seat)
                .toList();
        return new FinishedGame(
                new GameSummary(
                        game.gameId(),
                        game.roomCode(),
                        game.gameMode(),
                        game.status(),
                        players,
                        game.winnerId().map(winner -> winner.equals(player) ? FORGOTTEN : winner),
                        game.startedAt(),
                        game.endedAt()),
                ranking.stream()
                        .map(place -> place.equals(player) ? FORGOTTEN : place)
                        .toList());
    }

    String json() {
        String text = LudoJson.write(game);
        return text.substring(0, text.length() - 1) + ",\"ranking\":" + LudoJson.write(ranking) + '}';
    }

    static FinishedGame parse(String json) {
        JsonObject tree = LudoJson.parseObject(json.getBytes(UTF_8), WebhookVerifier.MAX_BODY);
        JsonArray ranking = tree.getJsonArray("ranking");
        return new FinishedGame(
                LudoJson.read(tree, GameSummary.class),
                ranking.getValuesAs(JsonString.class).stream()
                        .map(id -> PlayerId.of(id.getString()))
                        .toList());
    }
}
