package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scanner reads off bytes is what a full parse finds in them. */
class MembersTest {
    private static final int ROUNDS = Boolean.getBoolean("ludo.soak") ? 200_000 : 20_000;
    private static final List<String> NAMES = List.of("type", "seq", "epoch", "data", "résumé", "seqs", "se", "");
    private static final Pattern HUGE = Pattern.compile("[eE][+-]?\\d{4}");
    private static final byte[] SEQ = Members.ascii("seq");

    @Test
    void readsWhatAFullParseReads() {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = new Writer(random).object(0).getBytes(UTF_8);
            assertSame(text, LudoJson.parseObject(text, text.length));
        }
    }

    @Test
    void refusesWhatAFullParseRefuses() {
        SplittableRandom random = new SplittableRandom(10);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = broken(new Writer(random).object(0), random).getBytes(UTF_8);
            JsonObject tree = parsed(text);
            if (tree == null) {
                refused++;
            }
            if (tree != null) {
                assertSame(text, tree);
            } else if (!isBeyondGrammar(text)) {
                assertThat(new String(text, UTF_8), isComplete(text), is(false));
            }
        }
        assertThat("some of them are broken", refused > ROUNDS / 4, is(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "\"a\"",
                "null",
                "{]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1}x",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":-}",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1}{}",
                "{\"a\":NaN}",
                "{\"a\":1/**/}"
            })
    void isNoObject(String text) {
        assertThat(parsed(text.getBytes(UTF_8)) == null, is(true));
        assertThat(isComplete(text.getBytes(UTF_8)), is(false));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "{\"seq\":7}|7",
                "{\"s\\u0065q\" : 7 }|7",
                "{\"data\":{\"seq\":1},\"x\":\"\\\"seq\\\":2\",\"seq\":7,\"y\":[{\"seq\":3}]}|7",
                "{\"seq\":\"7\"}|-1",
                "{\"seq\":-7}|-1",
                "{\"seq\":7.0}|-1",
                "{\"seq\":7e0}|-1",
                "{\"seq\":999999999999999999}|999999999999999999",
                "{\"seq\":1000000000000000000}|-1",
                "{\"seqs\":7}|none"
            },
            delimiter = '|')
    void findsTheNumberThatIsMeant(String text, String number) {
        String found = "none";
        Members members = new Members();
        for (members.of(text.getBytes(UTF_8)); members.next(); ) {
            if (members.isNamed(SEQ)) {
                found = Long.toString(members.count());
            }
        }
        assertThat(found, is(number));
    }

    @Test
    void isAsDeepAsAFullParse() {
        for (int depth : new int[] {62, 63, 64, 65, 5000}) {
            byte[] text = ("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + '}').getBytes(UTF_8);
            assertThat("depth " + depth, isComplete(text), is(parsed(text) != null));
        }
    }

    private static boolean isComplete(byte[] text) {
        Members members = new Members();
        for (members.of(text); members.next(); ) {
            // each must be skipped
        }
        return members.isComplete();
    }

    // A full parse also refuses numbers that are too large to compute with and a name that is there twice; that is left
    // to
    // who looks for names.
    private static boolean isBeyondGrammar(byte[] text) {
        String message = "";
        try {
            LudoJson.parseObject(text, text.length);
        } catch (MalformedJsonException e) {
            message = String.valueOf(e.getMessage());
        }
        return message.contains("uplicate")
                || HUGE.matcher(new String(text, UTF_8)).find();
    }

    private static @Nullable JsonObject parsed(byte[] text) {
        try {
            return LudoJson.parseObject(text, Math.max(1, text.length));
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private static void assertSame(byte[] text, JsonObject tree) {
        String json = new String(text, UTF_8);
        Map<String, JsonValue> seen = new LinkedHashMap<>();
        Members members = new Members();
        for (members.of(text); members.next(); ) {
            for (Map.Entry<String, JsonValue> entry : tree.entrySet()) {
                if (members.isNamed(entry.getKey().getBytes(UTF_8))) {
                    assertThat(json, seen.put(entry.getKey(), entry.getValue()) == null, is(true));
                    assertValue(json, members, entry.getValue());
                }
            }
        }
        assertThat(json, members.isComplete(), is(true));
        assertThat(json, text[members.closingBrace()], is((byte) '}'));
        assertThat(json, seen.keySet(), is(tree.keySet()));
    }

    private static void assertValue(String json, Members members, JsonValue value) {
        assertThat(json, members.isText(), is(value instanceof JsonString));
        assertThat(json, members.isNull(), is(value.getValueType() == ValueType.NULL));
        assertThat(json, members.isTrue(), is(value.getValueType() == ValueType.TRUE));
        assertThat(json, members.text(), is(value instanceof JsonString text ? text.getString() : ""));
        byte[] alone = ("{\"a\":" + cut(json, members) + '}').getBytes(UTF_8);
        assertThat(LudoJson.parseObject(alone, alone.length).get("a"), is(value));
        boolean whole = value instanceof JsonNumber number
                && number.toString().matches("[0-9]{1,18}")
                && cut(json, members).matches("[0-9]+");
        assertThat(json, members.count(), is(whole ? ((JsonNumber) value).longValue() : -1L));
    }

    private static String cut(String json, Members members) {
        byte[] text = json.getBytes(UTF_8);
        return new String(text, members.valueStart(), members.valueEnd() - members.valueStart(), UTF_8);
    }

    private static String broken(String text, SplittableRandom random) {
        StringBuilder out = new StringBuilder(text);
        int at = random.nextInt(out.length());
        switch (random.nextInt(3)) {
            case 0 -> out.deleteCharAt(at);
            case 1 -> out.insert(at, "{}[]\",:\\ \n01-+.eE\u0001tfnux".charAt(random.nextInt(23)));
            default -> out.setLength(at);
        }
        return out.toString();
    }

    /** Writes random objects in random spellings. */
    private record Writer(SplittableRandom random) {
        String object(int depth) {
            List<String> names = new ArrayList<>(NAMES);
            Collections.shuffle(names, new Random(random.nextLong()));
            StringBuilder out = new StringBuilder(space() + '{' + space());
            int count = random.nextInt(depth > 4 ? 1 : 6);
            for (int i = 0; i < count; i++) {
                out.append(i == 0 ? "" : space() + ',' + space());
                out.append(text(names.get(i))).append(space()).append(':').append(space());
                out.append(value(depth + 1));
            }
            return out.append(space()).append('}').append(space()).toString();
        }

        private String value(int depth) {
            return switch (random.nextInt(depth > 4 ? 6 : 8)) {
                case 0 -> "true";
                case 1 -> "false";
                case 2 -> "null";
                case 3 -> text(pick(List.of("room:joined", "\"seq\":5", "{", "}", "\\", "é\n", "", "🎲")));
                case 4 -> Long.toString(random.nextLong() >>> random.nextInt(64));
                case 5 -> pick(List.of("0", "-0", "1.5", "7e2", "-12E-3", "1000000000000000000", "0.0e+1"));
                case 6 -> object(depth);
                default -> array(depth);
            };
        }

        private String array(int depth) {
            List<String> values = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                values.add(space() + value(depth + 1) + space());
            }
            return '[' + String.join(",", values) + (values.isEmpty() ? space() : "") + ']';
        }

        private String text(String value) {
            StringBuilder out = new StringBuilder("\"");
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (random.nextInt(4) == 0) {
                    out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
                } else if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else {
                    out.append(c == '\n' ? "\\n" : String.valueOf(c));
                }
            }
            return out.append('"').toString();
        }

        private String space() {
            return random.nextInt(3) == 0 ? pick(List.of(" ", "\n", "\t", "\r\n", "  ")) : "";
        }

        private String pick(List<String> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
