package dev.ludo.core.json;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.yasson.YassonJsonb;
import org.jspecify.annotations.Nullable;

/**
 * The one codec between JSON and this library's records.
 *
 * <p>What comes from outside is read in two steps: first into a tree under bounds (size, depth {@value #MAX_DEPTH}, no
 * duplicate keys, valid UTF-8, nothing after the end), then into a record. The binding library is never let near raw text,
 * because on some truncated texts it does not come back, and no value of another type than its field is let through to it.
 * Unknown fields are ignored, {@code null} means absent, and unknown words of an enum become its {@code UNKNOWN}.
 *
 * <p>Thread-safe: all methods may be called from any thread at once.
 */
public final class LudoJson {
    /** How deep objects and arrays may nest: {@value} levels. */
    public static final int MAX_DEPTH = 64;

    /** How many bytes a text may have unless the caller says otherwise: {@value}. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final YassonJsonb JSONB = (YassonJsonb) JsonbBuilder.newBuilder()
            .withProvider(Trees.PROVIDER)
            .withConfig(new JsonbConfig().withAdapters(Adapters.all()))
            .build();

    private LudoJson() {}

    /**
     * Whether a body is declared as JSON in UTF-8, the one encoding there is.
     *
     * @param contentType the value of {@code Content-Type}
     * @return whether it is {@code application/json}, without a charset or with that of UTF-8
     */
    public static boolean isDeclared(String contentType) {
        if (contentType.equals("application/json")) {
            return true;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean utf8 = Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("charset="))
                .allMatch(parameter -> parameter.equals("charset=utf-8") || parameter.equals("charset=\"utf-8\""));
        return utf8 && parts[0].strip().equals("application/json");
    }

    /**
     * Reads an object of at most {@value #MAX_BYTES} bytes into a tree.
     *
     * @param utf8 the text
     * @return the tree
     * @throws MalformedJsonException if it is no JSON object within the bounds
     */
    public static JsonObject parseObject(byte[] utf8) {
        return parseObject(utf8, MAX_BYTES);
    }

    /**
     * Reads an object into a tree.
     *
     * @param utf8 the text
     * @param maxBytes how long it may be
     * @return the tree
     * @throws MalformedJsonException if it is no JSON object within the bounds
     */
    public static JsonObject parseObject(byte[] utf8, int maxBytes) {
        if (Trees.parse(utf8, maxBytes) instanceof JsonObject object) {
            return object;
        }
        throw new MalformedJsonException(Kind.SHAPE, "a JSON object is needed here", null);
    }

    /**
     * Reads a record from a tree.
     *
     * @param <T> the record
     * @param tree the tree
     * @param type the record's class
     * @return the record
     * @throws MalformedJsonException if a field is missing or of the wrong type or range; the message names it, such as
     *     {@code players[0].connected}
     */
    public static <T> T read(JsonStructure tree, Class<T> type) {
        Shape shape = Shape.ROOTS.get(type);
        String misfit = shape.misfit(tree, false);
        if (misfit != null) {
            throw misfit(type, misfit, null);
        }
        try {
            return JSONB.fromJsonStructure(tree, type);
        } catch (JsonbException | MalformedJsonException e) {
            // A null where a number is to be is an error to the binding library. To the wire it is as good as nothing.
            JsonValue rest = withoutNulls(tree);
            if (rest instanceof JsonStructure structure && !rest.equals(tree)) {
                return read(structure, type);
            }
            String found = shape.misfit(tree, true);
            throw misfit(type, found == null ? why(e) : found, e);
        }
    }

    /** Where and what is wrong; a path begins with a dot, which is for what stands before it. */
    private static MalformedJsonException misfit(Class<?> type, String misfit, @Nullable Exception cause) {
        int begin = 0;
        while (begin < misfit.length() && ".: ".indexOf(misfit.charAt(begin)) >= 0) {
            begin++;
        }
        return new MalformedJsonException(
                Kind.SHAPE, "not a " + type.getSimpleName() + ": " + misfit.substring(begin), cause);
    }

    /** Why an object cannot be bound, behind a colon, or null if it can. */
    static @Nullable String whyNot(JsonObject tree, Class<?> type) {
        try {
            JSONB.fromJsonStructure(tree, type);
            return null;
        } catch (JsonbException | MalformedJsonException e) {
            return ": " + why(e);
        }
    }

    private static JsonValue withoutNulls(JsonValue value) {
        if (value instanceof JsonObject object) {
            JsonObjectBuilder rest = Trees.PROVIDER.createObjectBuilder();
            object.forEach((name, member) -> {
                if (member.getValueType() != JsonValue.ValueType.NULL) {
                    rest.add(name, withoutNulls(member));
                }
            });
            return rest.build();
        }
        if (value instanceof JsonArray array) {
            JsonArrayBuilder rest = Trees.PROVIDER.createArrayBuilder();
            array.forEach(element -> rest.add(withoutNulls(element)));
            return rest.build();
        }
        return value;
    }

    private static String why(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? "a wrong value" : root.getMessage();
    }

    /**
     * Reads a record from a text of at most {@value #MAX_BYTES} bytes.
     *
     * @param <T> the record
     * @param utf8 the text
     * @param type the record's class
     * @return the record
     * @throws MalformedJsonException if it cannot be read
     */
    public static <T> T read(byte[] utf8, Class<T> type) {
        return read(parseObject(utf8), type);
    }

    /**
     * Reads a list of records from a tree.
     *
     * @param <T> the record
     * @param tree the array
     * @param type the record's class
     * @return the records in their order
     * @throws MalformedJsonException if one of them cannot be read
     */
    public static <T> List<T> readList(JsonArray tree, Class<T> type) {
        return tree.stream().map(element -> read(object(element), type)).toList();
    }

    /** A time that stands outside of a record. */
    static Instant instant(String text, String name) {
        try {
            return Times.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedJsonException(Kind.SHAPE, name + " must be an RFC 3339 time, was \"" + text + '"', e);
        }
    }

    private static JsonObject object(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new MalformedJsonException(Kind.SHAPE, "a JSON object is needed here, was " + value.getValueType(), null);
    }

    /**
     * Writes a record, a collection or a map.
     *
     * @param value what to write
     * @return the text, without line breaks; empty components are left out
     * @throws IllegalArgumentException if it holds something that must not be written, such as a bare
     *     {@link dev.ludo.core.model.Secret}
     */
    public static String write(Object value) {
        Text out = new Text(256);
        write(value, out);
        return out.toString();
    }

    /** Writes behind what is there already, which spares a copy. */
    static void write(Object value, Text out) {
        try {
            JSONB.toJson(value, out);
        } catch (JsonbException e) {
            throw new IllegalArgumentException(
                    "cannot write a " + value.getClass().getSimpleName(), e);
        }
    }
}
