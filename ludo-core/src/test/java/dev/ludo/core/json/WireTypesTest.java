package dev.ludo.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.model.Room;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every record of the packages that hold wire types, whether anybody thought of it here or not: as its golden file has it,
 * back as it was, and whatever is done to its text.
 *
 * <p>{@code -Dludo.golden=update} writes the files anew, for the diff to be read.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WireTypesTest {
    private static final int ROUNDS = Boolean.getBoolean("ludo.soak") ? 2_000 : 50;
    /** One of how many spoiled texts is looked at; it shares no factor with the number of ways to spoil a value. */
    private static final int STRIDE = Boolean.getBoolean("ludo.soak") ? 1 : 10;

    private static final Path GOLDEN = Path.of("src/test/resources/dev/ludo/core/json/golden");

    static List<Class<? extends Record>> types() {
        return Wire.types();
    }

    @Test
    void theTypesAreFound() {
        assertThat(types(), hasItem(Room.class));
        assertThat(types(), hasItem(RoomEvent.DiceRolled.class));
        assertThat(types().size() > 45, is(true));
    }

    @ParameterizedTest
    @MethodSource("types")
    void itIsWrittenAsItsGoldenFileHasIt(Class<? extends Record> type) throws IOException {
        List<Record> samples = samples(type);
        List<String> written = samples.stream().map(Wire::write).toList();
        if ("update".equals(System.getProperty("ludo.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(GOLDEN.resolve(Wire.name(type) + ".ndjson"), String.join("\n", written) + '\n');
        }
        List<String> golden = golden(type);
        assertThat(written, is(golden));
        for (int i = 0; i < samples.size(); i++) {
            assertThat(Wire.read(Wire.utf8(golden.get(i)), type), is(samples.get(i)));
        }
    }

    private static List<Record> samples(Class<? extends Record> type) {
        return List.of(new Any(1, Any.Amount.FULL).record(type), new Any(2, Any.Amount.SPARSE).record(type));
    }

    private static List<String> golden(Class<? extends Record> type) throws IOException {
        String name = "golden/" + Wire.name(type) + ".ndjson";
        try (InputStream in = WireTypesTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError(type + " has no " + name + "; write it with -Dludo.golden=update and read it");
            }
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    @Test
    void noGoldenFileIsLeftOver() throws IOException {
        List<String> names = types().stream()
                .map(type -> Wire.name(type) + ".ndjson")
                .sorted()
                .toList();
        try (var files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted().toList(), is(names));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void itComesBackAsItWas(Class<? extends Record> type) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Record value = new Any(seed, Any.Amount.RANDOM).record(type);
            String text = Wire.write(value);
            assertThat("seed " + seed + ": " + text, Wire.read(Wire.utf8(text), type), is(value));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void cutAnywhereItIsRefusedAtOnce(Class<? extends Record> type) {
        for (Record sample : samples(type)) {
            byte[] whole = Wire.utf8(Wire.write(sample));
            for (int end = 0; end < whole.length; end++) {
                byte[] cut = Arrays.copyOf(whole, end);
                assertThrows(MalformedJsonException.class, () -> Wire.read(cut, type), () -> new String(cut, UTF_8));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void whateverStandsInAFieldItIsReadOrRefused(Class<? extends Record> type) {
        JsonObject whole = tree(Wire.write(samples(type).getFirst()));
        int[] count = {0};
        for (JsonStructure spoiled : spoiled(whole, () -> count[0]++ % STRIDE == 0)) {
            byte[] text = Wire.utf8(spoiled.toString());
            try {
                Wire.read(text, type);
            } catch (MalformedJsonException | InvalidRequestException e) {
                assertThat(spoiled.toString(), e.getMessage() == null, is(false));
            } catch (NoSuchElementException e) {
                assertThat(spoiled.toString(), Wire.name(type).startsWith("RoomCommand."), is(true));
            } catch (RuntimeException e) {
                throw new AssertionError(spoiled.toString(), e);
            }
        }
    }

    /** The same with one value, at any depth, made another; those that the picker takes. */
    private static List<JsonStructure> spoiled(JsonStructure whole, BooleanSupplier picker) {
        List<JsonStructure> all = new ArrayList<>();
        if (whole instanceof JsonObject object) {
            object.forEach((name, value) -> {
                spoiled(value, picker)
                        .forEach(s -> all.add(
                                Json.createObjectBuilder(object).add(name, s).build()));
                if (picker.getAsBoolean()) {
                    all.add(Json.createObjectBuilder(object).remove(name).build());
                }
            });
        } else if (whole instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                for (JsonValue s : spoiled(array.get(i), picker)) {
                    all.add(Json.createArrayBuilder(array).set(i, s).build());
                }
            }
        }
        return all;
    }

    private static List<JsonValue> spoiled(JsonValue value, BooleanSupplier picker) {
        List<JsonValue> all = new ArrayList<>();
        for (JsonValue other : others(value)) {
            if (picker.getAsBoolean()) {
                all.add(other);
            }
        }
        if (value instanceof JsonStructure inner) {
            all.addAll(spoiled(inner, picker));
        }
        return all;
    }

    private static List<JsonValue> others(JsonValue value) {
        return List.of(
                JsonValue.NULL,
                JsonValue.TRUE,
                JsonValue.EMPTY_JSON_ARRAY,
                JsonValue.EMPTY_JSON_OBJECT,
                Json.createArrayBuilder().add(value).build(),
                Json.createValue(""),
                Json.createValue("\u0000 x"),
                Json.createValue(-1),
                Json.createValue(4_300_000_000L),
                Json.createValue(2.7),
                Json.createValue(new BigDecimal("1e400000")));
    }

    @ParameterizedTest
    @MethodSource("types")
    void aKeyThatIsThereTwiceIsRefused(Class<? extends Record> type) {
        JsonObject whole = tree(Wire.write(samples(type).getFirst()));
        for (String name : whole.keySet()) {
            String twice = "{\"" + name + "\":null," + whole.toString().substring(1);
            assertThrows(MalformedJsonException.class, () -> Wire.read(Wire.utf8(twice), type), twice);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void fieldsThatAreNotKnownAreIgnored(Class<? extends Record> type) {
        for (Record sample : samples(type)) {
            if (Wire.name(type).contains("Unknown")) {
                continue; // it keeps the whole text
            }
            String text =
                    "{\"zzz\":{\"a\":[1,{\"b\":null}]}," + Wire.write(sample).substring(1);
            assertThat(Wire.read(Wire.utf8(text), type), is(sample));
        }
    }

    private static JsonObject tree(String text) {
        return LudoJson.parseObject(Wire.utf8(text));
    }
}
