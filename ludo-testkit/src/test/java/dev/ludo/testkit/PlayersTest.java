package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerStats;
import dev.ludo.core.model.Registration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayersTest extends WithFake {
    @Test
    void whoRegistersGetsAnIdAndASessionToken() {
        Api.Reply reply = api.post(
                "players", "{\"playerName\":\"  Ann 🎲 \",\"deviceId\":\"d-1\",\"platform\":\"web\",\"x\":[1]}");
        assertThat(reply.status(), is(201));
        Registration ann = reply.as(Registration.class);
        assertThat(ann.playerId().value(), matchesRegex("plr_[a-z0-9]{8}"));
        assertThat(ann.playerName(), is("Ann 🎲"));
        assertThat(ann.createdAt(), is(Optional.of(START)));
    }

    @Test
    void theSessionTokenIsASignedJwtOfADay() {
        String[] parts = api.register("Ann").sessionToken().reveal().split("\\.", -1);
        assertThat(parts.length, is(3));
        assertThat(decoded(parts[0]), is("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"));
        long issued = START.getEpochSecond();
        assertThat(decoded(parts[1]), matchesRegex(".*\"iat\":" + issued + ",\"exp\":" + (issued + 86_400) + "}"));
        assertThat(Base64.getUrlDecoder().decode(parts[2]).length, is(32));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | playerName",
                "{\"playerName\":null} | playerName",
                "{\"playerName\":7} | playerName",
                "{\"playerName\":\"   \"} | playerName",
                "{\"playerName\":\"123456789012345678901234567890123\"} | playerName",
                "{\"playerName\":\"A\\u202EB\"} | playerName",
                "{\"playerName\":\"A\\u0007B\"} | playerName",
                "{\"playerName\":\"A\",\"deviceId\":7} | deviceId"
            })
    void aBadFieldIsNamed(String body, String field) {
        Api.Reply reply = api.post("players", body);
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(reply.fields(), is(List.of(field)));
    }

    @Test
    void anybodyCanBeLookedUpAndStartsAtTheSameRating() {
        Registration ann = api.register("Ann");
        ludo.advance(Duration.ofHours(1));
        Player player = api.get("players/" + ann.playerId()).as(Player.class);
        assertThat(
                player,
                is(new Player(ann.playerId(), "Ann", Optional.of(START), Optional.of(new PlayerStats(0, 0, 0, 1200)))));
    }

    @ParameterizedTest
    @CsvSource({"plr_nobody00", "a%20b", "%F0%9F%8E%B2"})
    void whoIsNotThereIsNotFound(String id) {
        assertThat(api.get("players/" + id).outcome(), is("404 PLAYER_NOT_FOUND"));
        assertThat(api.get("players/" + "x".repeat(200)).outcome(), is("404 PLAYER_NOT_FOUND"));
    }

    @Test
    void soManyPlayersThereMayBeAndNoMore() {
        Ids ids = new Ids(1);
        Players players = new Players(ids, new SessionTokens(ids.signingKey(), "epoch", ludo.clock()), ludo.clock());
        Players.Entry first = players.addBot("First");
        for (int i = 1; i < 100_000; i++) {
            players.addBot("Bot");
        }
        ApiFailure full = assertThrows(ApiFailure.class, () -> players.addBot("One too many"));
        assertThat(full.code(), is(ErrorCode.UNAVAILABLE));
        players.forget(first.playerId());
        players.addBot("In the place of the first");
    }
}
