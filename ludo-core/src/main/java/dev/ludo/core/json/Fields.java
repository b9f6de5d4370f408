package dev.ludo.core.json;

import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.model.Word;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a request's body and gathers all that is wrong with them, so that the sender is told everything at
 * once. Read every field first, then {@link #check}; what was wrong reads as absent until then.
 *
 * <p>A field is known by its camelCase name and named in errors as its sender spelled it. For one thread.
 */
public final class Fields {
    private final JsonObject body;
    private final boolean snakeCase;
    private final List<FieldError> errors = new ArrayList<>();

    private Fields(JsonObject body, boolean snakeCase) {
        this.body = body;
        this.snakeCase = snakeCase;
    }

    /**
     * Fields in camelCase only.
     *
     * @param body the body
     * @return its fields
     */
    public static Fields of(JsonObject body) {
        return new Fields(body, false);
    }

    /**
     * Fields in camelCase or snake_case; one that is there in both is wrong.
     *
     * @param body the body
     * @return its fields
     */
    public static Fields inEitherSpelling(JsonObject body) {
        return new Fields(body, true);
    }

    /**
     * A text.
     *
     * @param name the field
     * @return the text, or empty if it is absent or no text
     */
    public Optional<String> text(String name) {
        return text(name, text -> text);
    }

    /**
     * A text that stands for a value.
     *
     * @param <T> the value
     * @param name the field
     * @param parse makes the value, or throws an {@link IllegalArgumentException} that says why not
     * @return the value, or empty if it is absent or wrong
     */
    public <T> Optional<T> text(String name, Function<String, T> parse) {
        JsonValue value = find(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonString text)) {
            return wrong(name, "must be a string");
        }
        try {
            return Optional.of(parse.apply(text.getString()));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return wrong(name, message.startsWith(name + ' ') ? message.substring(name.length() + 1) : message);
        }
    }

    /**
     * A word of an enum.
     *
     * @param <E> the enum
     * @param name the field
     * @param type the enum's class
     * @return the constant, never {@code UNKNOWN}, or empty if it is absent or wrong
     */
    public <E extends Enum<E> & Word> Optional<E> word(String name, Class<E> type) {
        Optional<E> word = text(name, text -> Word.of(type, text));
        return word.isPresent() && word.get().name().equals("UNKNOWN")
                ? wrong(name, "must be one of " + words(type))
                : word;
    }

    /**
     * A list of words of an enum.
     *
     * @param <E> the enum
     * @param name the field
     * @param type the enum's class
     * @return at least one constant, each once and none of them {@code UNKNOWN}, or empty if the field is absent or wrong
     */
    public <E extends Enum<E> & Word> Optional<List<E>> wordList(String name, Class<E> type) {
        JsonValue value = find(name);
        if (value == null) {
            return Optional.empty();
        }
        List<E> found = new ArrayList<>();
        if (value instanceof JsonArray array) {
            for (JsonValue element : array) {
                E word = element instanceof JsonString text ? Word.of(type, text.getString()) : null;
                if (word == null || word.name().equals("UNKNOWN")) {
                    return wrong(name, "must hold only " + words(type));
                }
                if (!found.contains(word)) {
                    found.add(word);
                }
            }
        }
        return found.isEmpty() ? wrong(name, "must be a list of at least one of " + words(type)) : Optional.of(found);
    }

    private static <E extends Enum<E> & Word> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> !constant.name().equals("UNKNOWN"))
                .map(Word::word)
                .collect(Collectors.joining(", "));
    }

    /**
     * A whole number in a range.
     *
     * @param name the field
     * @param min the least
     * @param max the greatest
     * @return the number, or empty if it is absent or wrong
     */
    public OptionalInt integer(String name, int min, int max) {
        JsonValue value = find(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value instanceof JsonNumber number) {
            try {
                int exact = number.bigDecimalValue().intValueExact();
                if (exact >= min && exact <= max) {
                    return OptionalInt.of(exact);
                }
            } catch (ArithmeticException e) {
                // a fraction, or too large for an int: out of every range, and said so below
            }
        }
        wrong(name, "must be a whole number from " + min + " to " + max);
        return OptionalInt.empty();
    }

    /**
     * Says that fields must be there.
     *
     * @param names the fields; each that is absent is wrong
     * @return this
     */
    public Fields require(String... names) {
        for (String name : names) {
            if (find(name) == null && !isWrong(name)) {
                wrong(name, "is required");
            }
        }
        return this;
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidRequestException if anything was wrong
     */
    public void check() {
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors);
        }
    }

    private @Nullable JsonValue find(String name) {
        JsonValue value = present(name);
        if (!snakeCase) {
            return value;
        }
        String snake = snake(name);
        JsonValue other = snake.equals(name) ? null : present(snake);
        if (value != null && other != null) {
            if (!isWrong(name)) {
                wrong(name, "is there twice, as " + name + " and as " + snake);
            }
            return null;
        }
        return value == null ? other : value;
    }

    private @Nullable JsonValue present(String name) {
        JsonValue value = body.get(name);
        return value == null || value.getValueType() == ValueType.NULL ? null : value;
    }

    private <T> Optional<T> wrong(String name, String message) {
        errors.add(new FieldError(spelling(name), message));
        return Optional.empty();
    }

    private boolean isWrong(String name) {
        return errors.stream().anyMatch(e -> e.field().equals(spelling(name)));
    }

    /**
     * How the sender spelled a field.
     *
     * @param name the field
     * @return its name in the body, or the camelCase one if it is absent
     */
    public String spelling(String name) {
        return snakeCase && present(name) == null && present(snake(name)) != null ? snake(name) : name;
    }

    private static String snake(String name) {
        StringBuilder out = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                out.append('_').append((char) (c + 32));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
