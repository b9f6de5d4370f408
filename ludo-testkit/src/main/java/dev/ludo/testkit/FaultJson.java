package dev.ludo.testkit;

import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.json.Fields;
import dev.ludo.testkit.fault.Direction;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.fault.Glob;
import dev.ludo.testkit.fault.Stage;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads a fault as the control API takes it, and gathers all that is wrong with it. For one thread. */
final class FaultJson {
    private static final String KINDS =
            "must be one of status, delay, slow-body, truncate, garble, drop, reset, stall, "
                    + "close, abort, no-pong, duplicate, reorder, skip, malformed, oversize";

    private final JsonObject body;
    private final List<FieldError> errors = new ArrayList<>();

    private FaultJson(JsonObject body) {
        this.body = body;
    }

    /**
     * Reads it.
     *
     * @throws InvalidRequestException that names every field that is wrong
     */
    static FaultRule read(JsonObject body) {
        return new FaultJson(body).rule();
    }

    private FaultRule rule() {
        Optional<FaultMatch> match = part("match").flatMap(object -> in("match.", () -> match(Fields.of(object))));
        Optional<Fault> fault = part("fault").flatMap(object -> in("fault.", () -> fault(object)));
        Optional<FaultRule> rule = in("", () -> {
            Fields fields = Fields.of(body);
            Optional<Stage> stage = fields.text("stage", text -> word(Stage.values(), Stage::word, text));
            OptionalInt times = fields.integer("times", 0, Integer.MAX_VALUE);
            OptionalInt skip = fields.integer("skip", 0, Integer.MAX_VALUE);
            double probability = probability();
            OptionalLong seed = seed();
            fields.require("stage", "fault").check();
            requireNothingWrong();
            return new FaultRule(
                    match.orElse(FaultMatch.ALL),
                    stage.orElseThrow(),
                    fault.orElseThrow(),
                    times.orElse(1),
                    skip.orElse(0),
                    probability,
                    seed);
        });
        requireNothingWrong();
        return rule.orElseThrow();
    }

    private void requireNothingWrong() {
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(List.copyOf(errors));
        }
    }

    /** A part that is an object; empty if it is absent or wrong. */
    private Optional<JsonObject> part(String name) {
        JsonValue value = body.getOrDefault(name, JsonValue.NULL);
        if (value instanceof JsonObject object) {
            return Optional.of(object);
        }
        if (!value.equals(JsonValue.NULL)) {
            errors.add(new FieldError(name, "must be an object"));
        }
        return Optional.empty();
    }

    /** Reads something; what is wrong with it is kept, with the way to it before its name. */
    private <T> Optional<T> in(String way, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InvalidRequestException e) {
            e.details().stream()
                    .filter(error -> !errors.contains(error))
                    .map(error -> new FieldError(way + error.field(), error.message()))
                    .forEach(errors::add);
        } catch (IllegalArgumentException e) {
            // The records name what is wrong with them first.
            String[] sentence = String.valueOf(e.getMessage()).split(" ", 2);
            errors.add(new FieldError(way + sentence[0], sentence[1]));
        }
        return Optional.empty();
    }

    private static FaultMatch match(Fields fields) {
        Optional<String> method = fields.text("method");
        Optional<Glob> path = fields.text("path", Glob::of);
        Optional<Glob> message = fields.text("message", Glob::of);
        Optional<Direction> direction =
                fields.text("direction", text -> word(Direction.values(), Direction::word, text));
        fields.check();
        return new FaultMatch(method, path, message, direction);
    }

    private static Fault fault(JsonObject object) {
        Fields fields = Fields.of(object);
        Optional<String> kind = fields.text("kind");
        fields.require("kind").check();
        return switch (kind.orElseThrow()) {
            case "status" -> status(object, fields);
            case "delay" -> {
                Optional<Duration> duration = fields.text("duration", FaultJson::duration);
                fields.require("duration").check();
                yield Fault.delay(duration.orElseThrow());
            }
            case "slow-body" -> Fault.slowBody(number(fields, "bytesPerSecond", 1, Integer.MAX_VALUE));
            case "truncate" -> Fault.truncate(number(fields, "afterBytes", 0, Integer.MAX_VALUE));
            case "garble" -> Fault.garble();
            case "drop" -> Fault.drop();
            case "reset" -> Fault.reset();
            case "stall" -> Fault.stall();
            case "close" -> {
                Optional<String> reason = fields.text("reason");
                yield Fault.close(number(fields, "code", 1000, 4999), reason.orElse(""));
            }
            case "abort" -> Fault.abort();
            case "no-pong" -> Fault.noPong();
            case "duplicate" -> Fault.duplicate();
            case "reorder" -> Fault.reorder();
            case "skip" -> Fault.skip();
            case "malformed" -> Fault.malformed();
            case "oversize" -> Fault.oversize();
            default -> throw ApiRoutes.invalid("kind", KINDS);
        };
    }

    private static int number(Fields fields, String name, int min, int max) {
        OptionalInt number = fields.integer(name, min, max);
        fields.require(name).check();
        return number.orElseThrow();
    }

    /** A body that is no text is taken as the JSON that it is. */
    private static Fault status(JsonObject object, Fields fields) {
        int code = number(fields, "code", 200, 599);
        Map<String, String> headers = new LinkedHashMap<>();
        JsonValue given = object.getOrDefault("headers", JsonValue.EMPTY_JSON_OBJECT);
        if (!(given instanceof JsonObject all)) {
            throw ApiRoutes.invalid("headers", "must be an object of strings");
        }
        all.forEach((name, value) -> {
            if (!(value instanceof JsonString text)) {
                throw ApiRoutes.invalid("headers." + name, "must be a string");
            }
            headers.put(name, text.getString());
        });
        JsonValue body = object.getOrDefault("body", JsonValue.NULL);
        Optional<String> text = body.equals(JsonValue.NULL)
                ? Optional.empty()
                : Optional.of(body instanceof JsonString string ? string.getString() : body.toString());
        return new Fault.Status(code, headers, text);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be an ISO 8601 duration such as PT0.5S", e);
        }
    }

    private static <E> E word(E[] all, Function<E, String> word, String text) {
        return Arrays.stream(all)
                .filter(one -> word.apply(one).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + String.join(", ", Arrays.stream(all).map(word).toList())));
    }

    private double probability() {
        JsonValue value = body.getOrDefault("probability", JsonValue.NULL);
        if (value.equals(JsonValue.NULL)) {
            return 1;
        }
        double probability = value instanceof JsonNumber number ? number.doubleValue() : 0;
        if (probability <= 0 || probability > 1) {
            errors.add(new FieldError("probability", "must be a number above 0 and at most 1"));
            return 1;
        }
        return probability;
    }

    private OptionalLong seed() {
        JsonValue value = body.getOrDefault("seed", JsonValue.NULL);
        if (value.equals(JsonValue.NULL)) {
            return OptionalLong.empty();
        }
        if (value instanceof JsonNumber number) {
            try {
                return OptionalLong.of(number.bigDecimalValue().longValueExact());
            } catch (ArithmeticException e) {
                // a fraction, or too large: said below
            }
        }
        errors.add(new FieldError("seed", "must be a whole number of 64 bits"));
        return OptionalLong.empty();
    }
}
