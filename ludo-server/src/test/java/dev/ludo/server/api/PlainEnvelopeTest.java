package dev.ludo.server.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.json.LudoJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick look at answers: it must never take what the parser would not. */
class PlainEnvelopeTest {
    private static final List<String> ANSWERS = List.of(
            "{\"success\":true,\"data\":null}",
            "{\"data\":[],\"success\":true,\"nextCursor\":null}",
            " { \"success\" : true , \"data\" : { \"a\" : [ 1 , -2 , 0 , [ ] , { } ] , \"b\" : false } }\n",
            "{\"success\":true,\"data\":{\"code\":\"K7Q2M9\",\"players\":[{\"playerId\":\"plr_1\",\"connected\":true},"
                    + "{\"playerId\":\"plr_2\",\"connected\":false}],\"maxPlayers\":4,\"status\":\"waiting\"}}");

    private static boolean isPlain(String answer) {
        return PlainEnvelope.isSuccess(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesWhatAnswersLookLike() {
        for (String answer : ANSWERS) {
            assertThat(answer, isPlain(answer), is(true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "true",
                "{}",
                "{\"success\":false}",
                "{\"success\":\"true\"}",
                "{\"success\":truely}",
                "{\"success\":tru",
                "{\"data\":{\"success\":true}}",
                "{\"success\":true}x",
                "{\"success\":true,}",
                "{\"success\":true,\"a\":[1,]}",
                "{\"success\":true,\"a\":01}",
                "{\"success\":true,\"a\":-}",
                "{\"success\":true,\"a\":+1}",
                "{\"success\":true,\"a\":1.}",
                "{\"success\":true,\"a\":1,\"a\":2}",
                "{\"success\":true,\"success\":true}",
                "{\"success\":true,\"zzz\":{",
                "{\"success\":true,\"a\":\"\\q\"}",
                "{\"success\":true,\"a\":\"\t\"}",
                "{\"success\":true \"a\":1}",
                "{\"success\":true,'a':1}",
                "{\"success\" true}"
            })
    void takesNothingElse(String answer) {
        assertThat(isPlain(answer), is(false));
    }

    @Test
    void leavesDeepOnesToTheParser() {
        String deep = "{\"success\":true,\"a\":" + "[".repeat(100) + "]".repeat(100) + '}';
        assertThat(isPlain(deep), is(false));
    }

    @Test
    void whatItTakesTheParserTakesToo() {
        Random random = new Random(8);
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] answer = ANSWERS.get(random.nextInt(ANSWERS.size())).getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(3); change >= 0; change--) {
                answer = changed(answer, random);
            }
            if (PlainEnvelope.isSuccess(answer)) {
                taken++;
                assertThat(
                        new String(answer, StandardCharsets.UTF_8),
                        LudoJson.parseObject(answer, answer.length).getBoolean("success"),
                        is(true));
            }
        }
        assertThat(taken, greaterThan(1000));
    }

    private static byte[] changed(byte[] answer, Random random) {
        int at = random.nextInt(answer.length);
        byte with = answer[random.nextInt(answer.length)];
        byte[] changed = answer.clone();
        if (random.nextBoolean()) {
            changed[at] = random.nextInt(10) == 0 ? (byte) random.nextInt(256) : with;
            return changed;
        }
        StringBuilder text = new StringBuilder(new String(answer, StandardCharsets.ISO_8859_1));
        if (random.nextBoolean() && text.length() > 1) {
            text.deleteCharAt(at);
        } else {
            text.insert(at, (char) (with & 0xff));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
