package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckCase.Mark.A;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Player;
import dev.ludo.core.model.PlayerStats;
import dev.ludo.core.model.Registration;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Players: registering, who one is, names. Section 1 of the contract. */
public abstract class PlayersTck extends TckSuite {
    /** For subclasses. */
    protected PlayersTck() {}

    private Reply register(String nameAsJson) {
        return http().post("/players", "{\"playerName\":" + nameAsJson + '}');
    }

    @TckCase(value = "1: POST /players", mark = A)
    void whoRegistersGetsAnIdAndASession() {
        Json player = register("\"Ann\"").data(201);
        assertEquals("Ann", player.text("playerName"));
        assertEquals(false, player.text("playerId").isBlank(), "playerId must not be blank");
        assertEquals(false, player.text("sessionToken").isBlank(), "sessionToken must not be blank");
        player.time("createdAt");
    }

    @TckCase("1: POST /players, plr_ and 8 characters")
    void anIdSaysThatItIsAPlayers() {
        String id = register("\"Ann\"").data(201).text("playerId");
        assertTrue(id.matches("plr_.{8}"), "playerId must be plr_ and 8 characters, was " + id);
    }

    @TckCase("1: POST /players, HS256 JWT, 24 h")
    void aSessionIsATokenForADay() {
        String token = register("\"Ann\"").data(201).text("sessionToken");
        String[] parts = token.split("\\.", -1);
        assertEquals(3, parts.length, "a JWT has three parts");
        assertEquals("HS256", decoded(parts[0]).text("alg"));
        Json claims = decoded(parts[1]);
        assertEquals(24 * 3600, claims.number("exp") - claims.number("iat"), "seconds from iat to exp");
    }

    private static Json decoded(String part) {
        byte[] bytes = Base64.getUrlDecoder().decode(part.getBytes(StandardCharsets.US_ASCII));
        return new Json("part of the sessionToken", LudoJson.parseObject(bytes));
    }

    @TckCase(value = "1: POST /players, deviceId and platform", mark = A)
    void aDeviceAndAPlatformMayBeNamed() {
        http().post("/players", "{\"playerName\":\"Ann\",\"deviceId\":\"d-1\",\"platform\":\"android\"}")
                .data(201);
    }

    @TckCase("1: POST /players, playerName is trimmed")
    void aNameIsTrimmed() {
        assertEquals("Ann Lee", register("\"  Ann Lee \"").data(201).text("playerName"));
    }

    @TckCase("1: POST /players, 1 to 32 code points")
    void aNameHas1To32CodePoints() {
        String longest = "\uD83C\uDFB2".repeat(32);
        assertEquals(longest, register(LudoJson.write(longest)).data(201).text("playerName"));
        for (String name :
                List.of("\"\"", "\"   \"", '"' + "x".repeat(33) + '"', LudoJson.write("\uD83C\uDFB2".repeat(33)))) {
            register(name).invalid("playerName");
        }
    }

    @TckCase("1: POST /players, no control or bidi characters")
    void aNameHidesNothing() {
        for (String name : List.of("\"A\\u0007nn\"", "\"A\\u202Enn\"", "\"A\\u2066nn\"", "\"A\\nnn\"")) {
            register(name).invalid("playerName");
        }
    }

    @TckCase("1: POST /players, wrong type")
    void aNameIsAText() {
        for (String name : List.of("7", "true", "[\"Ann\"]", "null")) {
            register(name).invalid("playerName");
        }
        http().post("/players", "{}").invalid("playerName");
    }

    @TckCase(value = "1: GET /players/{playerId}", mark = A)
    void aPlayerCanBeLookedUp() {
        Registration ann = Table.register(http(), "Ann");
        Json found = http().get("/players/" + ann.playerId()).data(200);
        assertEquals(ann.playerId().value(), found.text("playerId"));
        assertEquals("Ann", found.text("playerName"));
        found.time("createdAt");
        found.assertAbsent("sessionToken");
    }

    @TckCase("1: GET /players/{playerId}, stats; rating starts at 1200")
    void whoHasNotPlayedHasEmptyStats() {
        Registration ann = Table.register(http(), "Ann");
        Player found = http().get("/players/" + ann.playerId()).as(200, Player.class);
        assertEquals(Optional.of(new PlayerStats(0, 0, 0, 1200)), found.stats());
    }

    @TckCase(value = "1: GET /players/me", mark = A)
    void theSessionSaysWhoOneIs() {
        Registration ann = Table.register(http(), "Ann");
        Json me = http().get("/players/me", Http.SESSION, ann.sessionToken().reveal())
                .data(200);
        assertEquals(ann.playerId().value(), me.text("playerId"));
        me.assertAbsent("sessionToken");
    }

    @TckCase("1: a bad token is 403")
    void aSessionThatIsNoneIsForbidden() {
        http().get("/players/me", Http.SESSION, "not-a-token").failure(403, "FORBIDDEN");
    }

    @TckCase("1: table of failures, PLAYER_NOT_FOUND")
    void aPlayerWhoIsNotThereIsNotFound() {
        http().get("/players/plr_nobody00").failure(404, "PLAYER_NOT_FOUND");
    }
}
