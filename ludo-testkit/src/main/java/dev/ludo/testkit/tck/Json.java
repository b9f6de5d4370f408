package dev.ludo.testkit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON object from the wire, read field by field as the contract spells it. What is missing or of another type fails with
 * the name of the field and where it should have been.
 */
record Json(String where, JsonObject tree) {
    private JsonValue value(String name) {
        return tree.getOrDefault(name, JsonValue.NULL);
    }

    private AssertionError wrong(String name, String type) {
        return new AssertionError(
                where + '.' + name + " must be " + type + ", was " + (tree.containsKey(name) ? value(name) : "absent"));
    }

    String text(String name) {
        if (value(name) instanceof JsonString text) {
            return text.getString();
        }
        throw wrong(name, "a text");
    }

    long number(String name) {
        if (value(name) instanceof JsonNumber number && number.isIntegral()) {
            return number.longValueExact();
        }
        throw wrong(name, "a whole number");
    }

    boolean flag(String name) {
        return switch (value(name).getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /** A time in UTC, with its Z. */
    Instant time(String name) {
        String text = text(name);
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            throw (AssertionError) wrong(name, "an RFC 3339 time").initCause(e);
        }
        throw wrong(name, "a time that ends in Z");
    }

    Json object(String name) {
        if (value(name) instanceof JsonObject object) {
            return new Json(where + '.' + name, object);
        }
        throw wrong(name, "an object");
    }

    private JsonArray array(String name) {
        if (value(name) instanceof JsonArray array) {
            return array;
        }
        throw wrong(name, "an array");
    }

    List<Json> objects(String name) {
        List<Json> objects = new ArrayList<>();
        for (JsonValue element : array(name)) {
            if (!(element instanceof JsonObject object)) {
                throw wrong(name, "an array of objects");
            }
            objects.add(new Json(where + '.' + name + '[' + objects.size() + ']', object));
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue element : array(name)) {
            if (!(element instanceof JsonString text)) {
                throw wrong(name, "an array of texts");
            }
            texts.add(text.getString());
        }
        return texts;
    }

    boolean has(String name) {
        return value(name).getValueType() != JsonValue.ValueType.NULL;
    }

    /** Absent, or null, which means the same. */
    void assertAbsent(String name) {
        assertEquals(false, has(name), () -> where + '.' + name + " must not be there, was " + value(name));
    }

    <T> T as(Class<T> type) {
        try {
            return LudoJson.read(tree, type);
        } catch (MalformedJsonException e) {
            throw new AssertionError(where + " is " + e.getMessage(), e);
        }
    }
}
