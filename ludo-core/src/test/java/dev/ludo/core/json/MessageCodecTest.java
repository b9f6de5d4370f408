package dev.ludo.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.TurnReason;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and commands to and from their wire form. */
class MessageCodecTest {
    private static final String STATE = "{\"epoch\":\"e1\",\"gameId\":\"gam_1\",\"gameMode\":\"quick\",\"players\":[],"
            + "\"ranking\":[],\"roomCode\":\"ABCD23\",\"seq\":3,\"status\":\"playing\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"room:player-joined\",\"seq\":1,\"ts\":\"2026-11-23T10:00:00Z\",\"data\":{\"playerCount\":1,\"playerId\":\"p1\",\"playerName\":\"Ann\"}}",
                "{\"type\":\"room:player-left\",\"seq\":2,\"data\":{\"playerCount\":0,\"playerId\":\"p1\",\"playerName\":\"Ann\"}}",
                "{\"type\":\"room:player-connection\",\"seq\":3,\"data\":{\"connected\":true,\"playerId\":\"p1\"}}",
                "{\"type\":\"game:dice-rolled\",\"seq\":4,\"data\":{\"legalMoves\":[{\"pieceId\":\"red-0\",\"targetPosition\":0}],\"playerId\":\"p1\",\"value\":6}}",
                "{\"type\":\"game:piece-moved\",\"seq\":5,\"data\":{\"byPieceId\":\"green-3\",\"cause\":\"captured\",\"from\":7,\"pieceId\":\"red-0\",\"playerId\":\"p1\",\"position\":-1}}",
                "{\"type\":\"game:turn-change\",\"seq\":6,\"data\":{\"currentPlayerId\":\"p1\",\"reason\":\"no-legal-move\"}}",
                "{\"type\":\"game:player-finished\",\"seq\":7,\"data\":{\"playerId\":\"p1\",\"rank\":1}}",
                "{\"type\":\"game:ended\",\"seq\":8,\"data\":{\"ranking\":[\"p1\",\"p2\"],\"winnerId\":\"p1\"}}",
                "{\"type\":\"room:closed\",\"seq\":9,\"data\":{\"reason\":\"over\"}}",
                "{\"type\":\"game:started\",\"seq\":10,\"data\":{\"gameId\":\"gam_1\",\"state\":" + STATE + "}}",
                "{\"type\":\"game:state\",\"data\":" + STATE + "}",
                "{\"type\":\"room:joined\",\"data\":{\"color\":\"red\",\"epoch\":\"e1\",\"playerId\":\"p1\",\"resumed\":true,\"role\":\"player\",\"roomCode\":\"ABCD23\",\"seq\":4}}",
                "{\"type\":\"room:left\",\"data\":{}}",
                "{\"type\":\"ack\",\"data\":{\"requestId\":\"r1\"}}",
                "{\"type\":\"pong\",\"data\":{}}",
                "{\"type\":\"error\",\"data\":{\"code\":\"NOT_YOUR_TURN\",\"message\":\"No.\",\"requestId\":\"r1\"}}",
                "{\"type\":\"game:sneezed\",\"seq\":11,\"data\":{\"loud\":[1,{\"a\":null}]}}"
            })
    void everyMessageComesBackAsItWas(String text) {
        assertThat(MessageCodec.write(read(text)), is(text));
    }

    @Test
    void aBroadcastHasItsPlaceInTheEpochThatHolds() {
        RoomMessage message = MessageCodec.read("{\"type\":\"room:closed\",\"seq\":9}".getBytes(UTF_8), "e7");
        assertThat(message.at(), is(Optional.of(new Sequence("e7", 9))));
        assertThat(message.event(), is(new RoomEvent.RoomClosed(Optional.empty())));
    }

    @Test
    void whatAnApiLeavesOutIsEmptyOrUnknown() {
        RoomEvent.PieceMoved moved = (RoomEvent.PieceMoved)
                read("{\"type\":\"game:piece-moved\",\"data\":{\"pieceId\":\"red-0\",\"position\":3}}")
                        .event();
        assertThat(moved.cause(), is(MoveCause.UNKNOWN));
        assertThat(moved.from(), is(Optional.empty()));
        RoomEvent.TurnChange turn = (RoomEvent.TurnChange)
                read("{\"type\":\"game:turn-change\",\"data\":{\"currentPlayerId\":\"p1\",\"reason\":\"boredom\"}}")
                        .event();
        assertThat(turn.reason(), is(TurnReason.UNKNOWN));
        assertThat(read("{\"type\":\"ack\"}").event(), instanceOf(RoomEvent.Ack.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"game:sneezed\"}",
                " { \"type\" : \"game:sneezed\",\r\n\t\"seq\":12, \"data\":{\"a\":1.50,\"b\":-0,\"c\":1e5,\"d\":\"\\u0041\\/\"} }\n",
                "{\"data\":null,\"ts\":null,\"seq\":null,\"type\":\"\",\"more\":[[],{}]}"
            })
    void aMessageOfAnUnknownTypeIsKeptAsItCame(String text) {
        RoomMessage message = MessageCodec.read(text.getBytes(UTF_8), "e1");
        assertThat(((RoomEvent.UnknownEvent) message.event()).raw(), is(text));
        assertThat(MessageCodec.write(message), is(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"game:sneezed\",\"data\":{\"a\":1.50,\"b\":[null,\"é\"]}}",
                "{ \"data\":[[],{\"a\":{\"type\":\"x\"}}],\r\n\"n\":-0,\"e\":1e5 ,\"z\":1.0E+2, \"type\":\"\" }",
                "{\"s\":\"\\ud800 \\u0041\\/ 🎲 \u2028 }]\\\"\",\"\\u0074ype\":\"game:\\u0073neezed\"}"
            })
    void theAnswerToAMoveKeepsWhatIsUnknownInItAsItCame(String unknown) {
        String known = "{\"type\":\"game:turn-change\",\"data\":{\"currentPlayerId\":\"p1\"}}";
        String filling = "\"x\":{\"events\":[1,{}]},\"y\":[[{}]],\"z\":\"" + "🎲".repeat(9_000) + "\",";
        MoveResult result = moveResult(" {" + filling + "\"d\\u0061ta\" : {" + filling + "\"events\": [ " + known + " ,"
                + unknown + ",\n" + known + "," + unknown + "],\"state\":" + STATE + "} } ");
        List<String> raw = result.events().stream()
                .map(RoomMessage::event)
                .filter(event -> event instanceof RoomEvent.UnknownEvent)
                .map(event -> ((RoomEvent.UnknownEvent) event).raw())
                .toList();
        assertThat(raw, is(List.of(unknown, unknown)));
        assertThat(
                MessageCodec.write(new MoveResult(List.of(result.events().get(1)), Optional.empty())),
                is("{\"events\":[" + unknown + "]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"events\":{}}", "{\"events\":[5]}", "{\"events\":[{}]}", "{\"events\":[null]}"})
    void anAnswerToAMoveMustHoldEvents(String data) {
        assertThrows(MalformedJsonException.class, () -> moveResult("{\"data\":" + data + '}'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":5}",
                "{\"type\":\"game:dice-rolled\",\"data\":{\"value\":7}}",
                "{\"type\":\"game:dice-rolled\",\"data\":{\"value\":4294967297}}",
                "{\"type\":\"game:dice-rolled\"}",
                "{\"type\":\"game:dice-rolled\",\"data\":[]}",
                "{\"type\":\"room:closed\",\"seq\":0}",
                "{\"type\":\"room:closed\",\"seq\":1.5}",
                "{\"type\":\"room:closed\",\"seq\":1e30}",
                "{\"type\":\"room:closed\",\"seq\":\"1\"}",
                "{\"type\":\"room:closed\",\"seq\":1,\"ts\":1700000000}",
                "{\"type\":\"room:player-connection\",\"data\":{\"playerId\":\"p\",\"connected\":1}}",
                "{\"type\":\"game:dice-rolled\",\"data\":{\"value\":\"6\"}}",
                "{\"type\":\"room:closed\",\"seq\":1,\"ts\":\"yesterday\"}",
                "{\"type\":\"game:turn-change\",\"data\":{\"reason\":\"moved\"}}"
            })
    void whatDoesNotFitItsTypeIsRefused(String text) {
        assertThrows(MalformedJsonException.class, () -> read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"room:join\",\"roomCode\":\"ABCD23\",\"playerToken\":\"token-1\",\"lastSeq\":5,\"epoch\":\"e1\"}",
                "{\"type\":\"room:join\",\"roomCode\":\"ABCD23\",\"playerToken\":\"token-1\"}",
                "{\"type\":\"room:watch\",\"roomCode\":\"ABCD23\",\"lastSeq\":5}",
                "{\"type\":\"room:watch\",\"roomCode\":\"ABCD23\",\"lastSeq\":0,\"epoch\":\"e1\"}",
                "{\"type\":\"game:roll\",\"requestId\":\"r1\"}",
                "{\"type\":\"game:roll\"}",
                "{\"type\":\"game:move\",\"pieceId\":\"red-0\",\"targetPosition\":57,\"requestId\":\"r1\"}",
                "{\"type\":\"state:sync\"}",
                "{\"type\":\"room:leave\"}",
                "{\"type\":\"ping\",\"requestId\":\"r1\"}"
            })
    void everyCommandComesBackAsItWas(String text) {
        RoomCommand command = CommandCodec.read(tree(text)).orElseThrow();
        assertThat(tree(CommandCodec.write(command)), is(tree(text)));
    }

    @Test
    void aTokenIsNotShownByItsCommand() {
        RoomCommand join = CommandCodec.read(
                        tree("{\"type\":\"room:join\",\"roomCode\":\"ABCD23\",\"playerToken\":\"canary-token\"}"))
                .orElseThrow();
        assertThat(join.toString().contains("canary"), is(false));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "{}|type",
                "{\"type\":\"room:join\",\"roomCode\":\"A\"}|roomCode playerToken",
                "{\"type\":\"room:watch\",\"roomCode\":\"ABCD23\",\"lastSeq\":-1}|lastSeq",
                "{\"type\":\"room:watch\",\"roomCode\":\"ABCD23\",\"lastSeq\":\"5\"}|lastSeq",
                "{\"type\":\"game:move\",\"pieceId\":\"pink-0\"}|pieceId targetPosition",
                "{\"type\":\"ping\",\"requestId\":7}|requestId"
            },
            delimiter = '|')
    void aWrongCommandIsRefusedWithEveryFieldNamed(String text, String fields) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> CommandCodec.read(tree(text)));
        List<String> named = e.details().stream().map(detail -> detail.field()).toList();
        assertThat(String.join(" ", named), is(fields));
    }

    @Test
    void anUnknownCommandIsNone() {
        assertThat(CommandCodec.read(tree("{\"type\":\"game:cheat\"}")), is(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "1000, NORMAL, END",
        "1001, GOING_AWAY, RECONNECT",
        "1005, NO_STATUS, RECONNECT",
        "1006, ABNORMAL, RECONNECT",
        "1011, INTERNAL, RECONNECT",
        "1012, RESTART, RECONNECT",
        "1013, TRY_LATER, RECONNECT",
        "1014, BAD_GATEWAY, RECONNECT",
        "4408, NOT_JOINED, RECONNECT",
        "4410, TOO_SLOW, RECONNECT",
        "4429, TOO_MANY_MESSAGES, RECONNECT",
        "1002, PROTOCOL_ERROR, FAIL",
        "4400, MALFORMED, FAIL",
        "4401, UNAUTHORIZED, FAIL",
        "4403, FORBIDDEN, FAIL",
        "4404, NO_SUCH_ROOM, FAIL",
        "4409, REPLACED, FAIL",
        "0, OTHER, FAIL",
        "-5, OTHER, FAIL",
        "3000, OTHER, FAIL",
        "4999, OTHER, FAIL"
    })
    void everyCloseCodeSaysWhatToDo(int number, CloseCode code, CloseCode.After after) {
        assertThat(CloseCode.of(number), is(code));
        assertThat(code.after(), is(after));
    }

    @Test
    void anAnswerToAMoveMaySayNothingButNothingWrong() {
        for (String data : List.of("{}", "null", "\"done\"", "[]", "{\"state\":null,\"events\":null}")) {
            assertThat(moveResult("{\"data\":" + data + '}'), is(MoveResult.BARE));
        }
        assertThat(moveResult("{\"success\":true}"), is(MoveResult.BARE));
        assertThat(MessageCodec.write(MoveResult.BARE), is("{\"events\":[]}"));
        MalformedJsonException e =
                assertThrows(MalformedJsonException.class, () -> moveResult("{\"data\":{\"state\":[]}}"));
        assertThat(e.getMessage(), is("state must be an object, was ARRAY"));
    }

    private static RoomMessage read(String text) {
        return MessageCodec.read(text.getBytes(UTF_8), "e1");
    }

    private static MoveResult moveResult(String body) {
        byte[] utf8 = body.getBytes(UTF_8);
        return MessageCodec.readMoveResult(LudoJson.parseObject(utf8, 256 * 1024), utf8);
    }

    private static JsonObject tree(String text) {
        return LudoJson.parseObject(text.getBytes(UTF_8));
    }
}
