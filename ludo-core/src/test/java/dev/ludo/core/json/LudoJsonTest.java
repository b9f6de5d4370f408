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
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.Turn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "{\"a\":[{\"b\":{\"c\":1,\"\\u0063\":2}}]}",
                "{\"a\":1e99999999999}",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "LegalMove | {'pieceId':'red-0','targetPosition':'3'} | targetPosition must be a whole number from -1 to 57, was \"3\"",
                "LegalMove | {'pieceId':'red-0','targetPosition':4300000000} | targetPosition must be a whole number from -1 to 57, was 4300000000",
                "LegalMove | {'pieceId':'red-0','targetPosition':2.5} | targetPosition must be a whole number from -1 to 57, was 2.5",
                "LegalMove | {'pieceId':'red-0','targetPosition':1e999} | targetPosition must be a whole number from -1 to 57, was 1E+999",
                "LegalMove | {'pieceId':12345,'targetPosition':3} | pieceId must be a string, was 12345",
                "LegalMove | {'pieceId':'pink-0','targetPosition':3} | pieceId: ",
                "LegalMove | {'targetPosition':3} | not a LegalMove: pieceId is missing",
                "Room | {'code':12345,'status':'ended'} | code must be a string, was 12345",
                "Room | {'code':'ROOM1','status':true} | status must be a string, was true",
                "Room | {'code':'ROOM1','status':'ended','playerCount':true} | playerCount must be a whole number",
                "Room | {'code':'ROOM1','status':'ended','playerCount':5} | playerCount must be 0..4, was 5",
                "Room | {'code':'ROOM1','status':'ended','playerCount':2147483648} | playerCount must be a whole number",
                "Room | {'code':'ROOM1','status':'ended','gameMode':[]} | gameMode must be a string, was []",
                "Room | {'code':'ROOM1','status':'ended','gameId':7} | gameId must be a string, was 7",
                "Room | {'code':'ROOM1','status':'ended','players':{}} | players must be an array, was {}",
                "Room | {'code':'ROOM1','status':'ended','players':[5]} | players[0] must be an object, was 5",
                "Room | {'code':'ROOM1','status':'ended','players':[null]} | players[0] must be an object, was null",
                "Room | {'code':'ROOM1','status':'ended','createdAt':1} | createdAt must be a string, was 1",
                "Room | {'code':'ROOM1','status':'ended','createdAt':'yesterday'} | createdAt: ",
                "Room | {'code':'ROOM1','status':'ended','players':[{'playerId':'p'},{'playerId':'q','connected':1}]} | players[1].connected must be true or false, was 1",
                "Room | {'code':'ROOM1','status':'ended','players':[{'playerId':'p','connected':'true'}]} | players[0].connected must be true or false, was \"true\"",
                "Room | {'code':'ROOM1','status':'ended','players':[{'playerId':'p'},{'connected':true}]} | players[1]: playerId is missing",
                "Room | {'code':'ROOM1','status':'ended','playerCount':null,'players':[{'playerId':'a b'}]} | players[0].playerId: ",
                "Turn | {'playerId':'p','phase':'move','dice':'6'} | dice must be a whole number",
                "Turn | {'playerId':'p','phase':'move','sixes':4294967297} | sixes must be a whole number from -2147483648 to 2147483647, was 4294967297",
                "AppliedMove | {'seq':9223372036854775808} | seq must be a whole number",
                "AppliedMove | {'captured':['red-0',1]} | captured[1] must be a string, was 1",
                "Registration | {'playerId':'p','playerName':3,'sessionToken':'t'} | playerName must be a string, was 3"
            })
    void aValueOfAnotherTypeThanItsFieldIsRefusedAndNamed(String type, String text, String message)
            throws ClassNotFoundException {
        Class<?> target = Class.forName("dev.ludo.core.model." + type);
        MalformedJsonException e = assertThrows(
                MalformedJsonException.class, () -> LudoJson.read(Wire.utf8(text.replace('\'', '"')), target));
        assertThat(e.kind(), is(Kind.SHAPE));
        assertThat(e.getMessage(), containsString(message));
    }

    @Test
    void whatMayBeATokenIsNotShownByAnError() {
        MalformedJsonException e = assertThrows(
                MalformedJsonException.class,
                () -> LudoJson.read(
                        Wire.utf8("{\"playerId\":\"p\",\"playerName\":\"A\",\"sessionToken\":123456789}"),
                        Registration.class));
        assertThat(e.getMessage(), is("not a Registration: sessionToken must be a string, was a NUMBER"));
    }

    @Test
    void aWrongValueIsShownOnlyInPart() {
        MalformedJsonException e = assertThrows(
                MalformedJsonException.class,
                () -> LudoJson.read(
                        Wire.utf8("{\"pieceId\":[\"" + "x".repeat(60_000) + "\"],\"targetPosition\":1}"),
                        LegalMove.class));
        assertThat(String.valueOf(e.getMessage()).length() < 150, is(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "7e0", "70e-1", "0.7E1"})
    void aWholeNumberIsOneHoweverItIsSpelled(String seven) {
        LegalMove move =
                LudoJson.read(Wire.utf8("{\"pieceId\":\"red-0\",\"targetPosition\":" + seven + "}"), LegalMove.class);
        assertThat(move.targetPosition(), is(Position.of(7)));
        Turn turn = LudoJson.read(
                Wire.utf8("{\"playerId\":\"p\",\"phase\":\"roll\",\"number\":" + seven + "}"), Turn.class);
        assertThat(turn.number(), is(7));
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
