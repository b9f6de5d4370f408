package dev.ludo.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LudoJsonTest {
    private static final String ROOM = """
            {"code":"ABCD23","createdAt":"2026-11-23T10:00:00Z","gameId":"gam_1","gameMode":"quick","maxPlayers":4,\
            "playerCount":1,"players":[{"color":"red","connected":true,"playerId":"plr_1","playerName":"Ásta 🎲"}],\
            "status":"playing"}""";

    private static final String STATE = """
            {"epoch":"e1","gameId":"gam_1","gameMode":"classic","players":[{"color":"red","pieces":[\
            {"pieceId":"red-0","position":-1},{"pieceId":"red-1","position":57}],"playerId":"plr_1","playerName":"A"}],\
            "ranking":[],"roomCode":"ABCD23","seq":7,"status":"playing","turn":{"deadline":"2026-11-23T10:00:30Z",\
            "dice":6,"number":3,"phase":"move","playerId":"plr_1","sixes":1},"updatedAt":"2026-11-23T10:00:00Z"}""";

    @Test
    void recordsComeBackAsTheyWere() {
        assertThat(LudoJson.write(LudoJson.read(ROOM.getBytes(UTF_8), Room.class)), is(ROOM));
        assertThat(LudoJson.write(LudoJson.read(STATE.getBytes(UTF_8), GameState.class)), is(STATE));
    }

    @Test
    void aRoomOfAnApiThatSaysLittleCanBeRead() {
        Room room = LudoJson.read("{\"code\":\"room1\",\"status\":\"paused\"}".getBytes(UTF_8), Room.class);
        assertThat(room.code().value(), is("ROOM1"));
        assertThat(room.status(), is(RoomStatus.UNKNOWN));
        assertThat(room.gameMode(), is(GameMode.UNKNOWN));
        assertThat(room.players(), is(List.of()));
    }

    @Test
    void nullMeansAbsent() {
        Room room = LudoJson.read(
                "{\"code\":\"ROOM1\",\"status\":\"ended\",\"gameMode\":null,\"gameId\":null,\"players\":null,\"createdAt\":null}"
                        .getBytes(UTF_8),
                Room.class);
        assertThat(room.gameId().isPresent(), is(false));
        assertThat(room.createdAt().isPresent(), is(false));
        assertThat(room.gameMode(), is(GameMode.UNKNOWN));
    }

    @Test
    void nullIsAbsentAlsoWhereANumberStands() {
        assertThat(
                LudoJson.read(
                        Wire.utf8(
                                "{\"code\":\"ROOM1\",\"status\":\"ended\",\"playerCount\":null,\"players\":[{\"playerId\":\"p\","
                                        + "\"connected\":null}]}"),
                        Room.class),
                is(LudoJson.read(
                        Wire.utf8("{\"code\":\"ROOM1\",\"status\":\"ended\",\"players\":[{\"playerId\":\"p\"}]}"),
                        Room.class)));
        assertThrows(
                MalformedJsonException.class,
                () -> LudoJson.read(
                        Wire.utf8("{\"code\":\"ROOM1\",\"status\":\"ended\",\"players\":[null]}"), Room.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"zzz\":{",
                "{\"zzz\":[",
                "{\"a\":1,\"a\":2}",
                "{} x",
                "{}{}",
                "{\"a\":01}",
                "{'a':1}",
                "{\"a\":tru}",
                "{\"a\":\"\n\"}",
                "nul"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThat(refusal(text.getBytes(UTF_8)), is(Kind.SYNTAX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "null", "\"text\"", "true"})
    void whatIsNoObjectIsRefused(String text) {
        assertThat(refusal(text.getBytes(UTF_8)), is(Kind.SHAPE));
    }

    @Test
    void everyPrefixOfATextIsRefusedAtOnce() {
        byte[] whole = STATE.getBytes(UTF_8);
        for (int end = 0; end < whole.length; end++) {
            byte[] cut = java.util.Arrays.copyOf(whole, end);
            assertThat("cut at " + end, refusal(cut), is(Kind.SYNTAX));
        }
    }

    @Test
    void depthIsBounded() {
        String fits = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
        LudoJson.parseObject(fits.getBytes(UTF_8));
        assertThat(refusal(("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}").getBytes(UTF_8)), is(Kind.TOO_DEEP));
        assertThat(refusal("{\"a\":".repeat(9_000).getBytes(UTF_8)), is(Kind.TOO_DEEP));
    }

    @Test
    void sizeIsBounded() {
        String fits = "{\"a\":\"" + "x".repeat(LudoJson.MAX_BYTES - 8) + "\"}";
        LudoJson.parseObject(fits.getBytes(UTF_8));
        assertThat(refusal((fits + " ").getBytes(UTF_8)), is(Kind.TOO_LARGE));
    }

    @Test
    void invalidUtf8IsRefused() {
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}), is(Kind.SYNTAX));
        assertThat(
                refusal(new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'}),
                is(Kind.SYNTAX));
    }

    static List<String> misfits() {
        return List.of(
                "{\"pieceId\":\"red-0\",\"targetPosition\":4300000000}",
                "{\"pieceId\":\"red-0\",\"targetPosition\":4294967300}",
                "{\"pieceId\":\"red-0\",\"targetPosition\":2.7}",
                "{\"pieceId\":\"red-0\",\"targetPosition\":58}",
                "{\"pieceId\":\"pink-0\",\"targetPosition\":5}",
                "{\"pieceId\":\"red-4\",\"targetPosition\":5}",
                "{\"pieceId\":{},\"targetPosition\":5}",
                "{\"targetPosition\":5}",
                "{\"pieceId\":\"red-0\"}");
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatDoesNotFitItsFieldIsRefused(String text) {
        MalformedJsonException e =
                assertThrows(MalformedJsonException.class, () -> LudoJson.read(text.getBytes(UTF_8), LegalMove.class));
        assertThat(e.kind(), is(Kind.SHAPE));
    }

    @Test
    void aTokenIsWrittenOnlyWhereARecordSaysSo() {
        Secret token = Secret.of("secret-token-1234");
        assertThrows(IllegalArgumentException.class, () -> LudoJson.write(Map.of("t", token)));
        assertThrows(IllegalArgumentException.class, () -> LudoJson.write(List.of(token)));
        Registration registration = LudoJson.read(
                "{\"playerId\":\"plr_1\",\"playerName\":\"A\",\"sessionToken\":\"secret-token-1234\"}".getBytes(UTF_8),
                Registration.class);
        assertThat(registration.sessionToken(), is(token));
        assertThat(registration.toString(), not(containsString("secret")));
        assertThat(LudoJson.write(registration), containsString("\"sessionToken\":\"secret-token-1234\""));
    }

    private static Kind refusal(byte[] text) {
        return assertThrows(MalformedJsonException.class, () -> LudoJson.parseObject(text))
                .kind();
    }
}
