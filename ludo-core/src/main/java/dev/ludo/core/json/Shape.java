package dev.ludo.core.json;

import dev.ludo.core.model.GameId;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.PlayerName;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.WebhookId;
import dev.ludo.core.model.Word;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a type looks like as JSON. The binding library takes {@code "3"} for a number, 3 for a text and 1 for false, and says
 * of a wrong value neither where it stands nor, of a long one, what it was; so a tree is held against its shape first.
 */
sealed interface Shape {
    /** How much of a wrong value an error shows. */
    int SHOWN = 60;

    /** The types that are one text on the wire, each with what reads it. */
    Map<Class<?>, Function<String, ?>> TEXTS = Map.of(
            String.class, text -> text,
            GameId.class, GameId::of,
            PlayerId.class, PlayerId::of,
            PlayerName.class, PlayerName::of,
            RoomCode.class, RoomCode::of,
            WebhookId.class, WebhookId::of,
            PieceId.class, PieceId::parse,
            Instant.class, text -> LudoJson.instant(text, "it"),
            URI.class, URI::create,
            Secret.class, Secret::of);

    ClassValue<Members> MEMBERS = new ClassValue<>() {
        @Override
        protected Members computeValue(Class<?> type) {
            List<Member> members = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                members.add(new Member(component.getName(), of(component.getGenericType())));
            }
            return new Members(type, List.copyOf(members));
        }
    };

    /**
     * What in a value is not of this shape.
     *
     * @param closely whether texts are read and records made as well, to find out why the binding has failed
     * @return where and what, such as {@code .players[0].connected must be true or false, was 1}, or null if all fits
     */
    @Nullable
    String misfit(JsonValue value, boolean closely);

    /** The shapes of the classes that trees are read into, worked out once. */
    ClassValue<Shape> ROOTS = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return of(type);
        }
    };

    /** The shape of a type; of one that is not ours, anything. */
    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return of(generic.getActualTypeArguments()[0]);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new Items(of(generic.getActualTypeArguments()[0]));
        }
        return type instanceof Class<?> plain ? ofClass(plain) : Other.ANYTHING;
    }

    private static Shape ofClass(Class<?> type) {
        Function<String, ?> read = TEXTS.get(type);
        if (read != null) {
            return new Text(read, type != Secret.class);
        }
        if (Word.class.isAssignableFrom(type)) {
            return new Text(word -> word, true);
        }
        if (type == Position.class) {
            return new Whole(-1, 57);
        }
        if (type == int.class || type == OptionalInt.class) {
            return new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class || type == OptionalLong.class) {
            return new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == boolean.class) {
            return Other.FLAG;
        }
        return type.isRecord() ? new Nested(type) : Other.ANYTHING;
    }

    private static String shown(JsonValue value) {
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Shapes of which there is only one. */
    enum Other implements Shape {
        FLAG,
        ANYTHING;

        @Override
        public @Nullable String misfit(JsonValue value, boolean closely) {
            boolean fits = this == ANYTHING
                    || value.getValueType() == JsonValue.ValueType.TRUE
                    || value.getValueType() == JsonValue.ValueType.FALSE;
            return fits ? null : " must be true or false, was " + shown(value);
        }
    }

    /** A text; what was there instead is shown unless it may be a token. */
    record Text(Function<String, ?> read, boolean mayBeShown) implements Shape {
        @Override
        public @Nullable String misfit(JsonValue value, boolean closely) {
            if (!(value instanceof JsonString text)) {
                return " must be a string, was "
                        + (mayBeShown
                                ? shown(value)
                                : "a " + value.getValueType().name());
            }
            if (!closely) {
                return null;
            }
            try {
                var unused = read.apply(text.getString());
                return null;
            } catch (RuntimeException e) { // each type has its own; the binding has failed by it already
                return ": " + e.getMessage();
            }
        }
    }

    /** A whole number in a range. */
    record Whole(long min, long max) implements Shape {
        @Override
        public @Nullable String misfit(JsonValue value, boolean closely) {
            if (value instanceof JsonNumber number) {
                try {
                    long exact = number.longValueExact();
                    if (exact >= min && exact <= max) {
                        return null;
                    }
                } catch (ArithmeticException e) {
                    // a fraction, or too large for a long: out of every range, and said so below
                }
            }
            return " must be a whole number from " + min + " to " + max + ", was " + shown(value);
        }
    }

    /** A list. */
    record Items(Shape item) implements Shape {
        @Override
        public @Nullable String misfit(JsonValue value, boolean closely) {
            if (!(value instanceof JsonArray array)) {
                return " must be an array, was " + shown(value);
            }
            int size = array.size();
            for (int i = 0; i < size; i++) {
                String misfit = item.misfit(array.get(i), closely);
                if (misfit != null) {
                    return "[" + i + "]" + misfit;
                }
            }
            return null;
        }
    }

    /** A record, looked up when it is needed, since records may hold their like. */
    record Nested(Class<?> type) implements Shape {
        @Override
        public @Nullable String misfit(JsonValue value, boolean closely) {
            return MEMBERS.get(type).misfit(value, closely);
        }
    }

    /** One component of a record. */
    record Member(String name, Shape shape) {}

    /** A record's components. One that is null is as good as absent, and what must be there is the record's own to say. */
    record Members(Class<?> type, List<Member> members) implements Shape {
        @Override
        public @Nullable String misfit(JsonValue value, boolean closely) {
            if (!(value instanceof JsonObject object)) {
                return " must be an object, was " + shown(value);
            }
            for (Member member : members) {
                JsonValue there = object.get(member.name());
                if (there != null && there.getValueType() != JsonValue.ValueType.NULL) {
                    String misfit = member.shape().misfit(there, closely);
                    if (misfit != null) {
                        return "." + member.name() + misfit;
                    }
                }
            }
            return closely ? LudoJson.whyNot(object, type) : null;
        }
    }
}
