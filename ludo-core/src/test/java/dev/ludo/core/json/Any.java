package dev.ludo.core.json;

import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.Page;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerName;
import dev.ludo.core.model.PlayerStats;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.Word;
import dev.ludo.core.webhook.WebhookEvent;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes values of any record by its components. The same seed makes the same value. */
final class Any {
    /** The epoch of all messages: the wire does not repeat it. */
    static final String EPOCH = "e1";

    private static final List<String> TEXTS = List.of(
            "Ann",
            "",
            "Ásta 🎲",
            "\"\\/\b\f\n\r\t",
            "</script>",
            "\u0000\u001f\u007f",
            "\u2028\u2029",
            "null",
            "ﬀ",
            "a b");
    private static final List<String> IDS = List.of("plr_1a2b3c4d", "gam_1", "\"\\é🎲");
    private static final List<String> NAMES = List.of("Ann", "Ásta 🎲", "O'Neil \"\\", "1", "null", "名前");

    /** How much of a value is there. */
    enum Amount {
        /** All that may be absent is. */
        SPARSE,
        /** All that may be absent is there. */
        FULL,
        /** Either. */
        RANDOM
    }

    private final SplittableRandom random;
    private final Amount amount;

    Any(long seed, Amount amount) {
        this.random = new SplittableRandom(seed);
        this.amount = amount;
    }

    /** An event in a message, numbered if it is a broadcast. */
    static RoomMessage message(RoomEvent event) {
        boolean broadcast = (event.type().startsWith("game:") && !(event instanceof RoomEvent.StateReport))
                || event.type().startsWith("room:player-")
                || event instanceof RoomEvent.RoomClosed;
        return broadcast && !(event instanceof RoomEvent.UnknownEvent)
                ? new RoomMessage(
                        event, Optional.of(new Sequence(EPOCH, 12)), Optional.of(Instant.parse("2026-11-23T10:00:00Z")))
                : new RoomMessage(event, Optional.empty(), Optional.empty());
    }

    <T extends Record> T record(Class<T> type) {
        Record special = special(type);
        return type.cast(special != null ? special : reflected(type));
    }

    // Where one part depends on another.
    private @Nullable Record special(Class<? extends Record> type) {
        if (type == RoomEvent.UnknownEvent.class) {
            return new RoomEvent.UnknownEvent(
                    "game:sneezed", "{\"type\":\"game:sneezed\",\"data\":{\"loud\":[1.50,null]}}");
        }
        if (type == WebhookEvent.UnknownWebhookEvent.class) {
            return new WebhookEvent.UnknownWebhookEvent(
                    Instant.parse("2026-11-23T10:00:00Z"),
                    "game.sneezed",
                    "{\"type\":\"game.sneezed\", \"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":1.50}");
        }
        if (type == Sequence.class) {
            return new Sequence(pick(TEXTS), pick(List.of(1L, 812L, Long.MAX_VALUE)));
        }
        if (type == RoomMessage.class) {
            return message(event());
        }
        if (type == MoveResult.class) {
            GameState here = record(GameState.class).withEpoch(EPOCH);
            List<RoomMessage> events = IntStream.range(0, amount == Amount.SPARSE ? 0 : 2)
                    .mapToObj(i -> message(event()))
                    .toList();
            return new MoveResult(events, amount == Amount.SPARSE ? Optional.empty() : Optional.of(here));
        }
        if (type == Page.class) {
            List<PlayerStats> items = IntStream.range(0, size())
                    .mapToObj(i -> record(PlayerStats.class))
                    .toList();
            return new Page<>(items, isThere() ? Optional.of("c-1") : Optional.empty());
        }
        return type == PieceId.class ? PieceId.of(Color.ofSeat(random.nextInt(4)), random.nextInt(4)) : null;
    }

    /** Any event where values are random, the most usual one elsewhere. */
    private RoomEvent event() {
        Class<?> type = amount == Amount.RANDOM
                ? pick(List.of(RoomEvent.class.getPermittedSubclasses()))
                : RoomEvent.PieceMoved.class;
        return (RoomEvent) record(type.asSubclass(Record.class));
    }

    private Record reflected(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getName(), component.getGenericType(), type))
                .toArray();
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make a " + type.getSimpleName() + " of " + Arrays.toString(values), e);
        }
    }

    private Object value(String name, Type type, Class<?> of) {
        if (type instanceof ParameterizedType parameterized) {
            Type argument = parameterized.getActualTypeArguments()[0];
            if (parameterized.getRawType() == Optional.class) {
                return isThere() ? Optional.of(value(name, argument, of)) : Optional.empty();
            }
            int size = Math.max(of == NewWebhook.class ? 1 : 0, size());
            return IntStream.range(0, size)
                    .mapToObj(i -> value(name, argument, of))
                    .distinct()
                    .toList();
        }
        return switch (((Class<?>) type).getSimpleName()) {
            case "int" -> number(name);
            case "long" -> amount == Amount.SPARSE ? 0L : pick(List.of(0L, 1L, 812L, 4_300_000_000L, Long.MAX_VALUE));
            case "boolean" -> isThere();
            case "String" -> pick(amount == Amount.RANDOM && !name.equals("requestId") ? TEXTS : NAMES);
            case "OptionalInt" -> isThere() ? OptionalInt.of(number(name)) : OptionalInt.empty();
            case "Instant" -> instant();
            case "URI" -> URI.create(pick(List.of("https://example.org/in", "http://127.0.0.1:8080/a?b=%20c")));
            case "Secret" -> Secret.of(pick(List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "eyJ.a-b_c", "\"\\")));
            case "PlayerName" -> PlayerName.of(pick(NAMES));
            case "RoomCode" -> RoomCode.of(pick(List.of("K7Q2MX", "ROOM", "ABCDEFGH2345")));
            case "Position" -> Position.of(number(name));
            default -> other((Class<?>) type, of);
        };
    }

    private Object other(Class<?> type, Class<?> of) {
        if (Word.class.isAssignableFrom(type)) {
            List<?> words = Arrays.stream(type.getEnumConstants())
                    .filter(word ->
                            amount == Amount.RANDOM || !((Enum<?>) word).name().equals("UNKNOWN"))
                    .filter(word -> !of.getSimpleName().startsWith("New")
                            || !((Enum<?>) word).name().equals("UNKNOWN"))
                    .toList();
            return pick(words);
        }
        if (type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == String.class) {
            return reflectedId(type.asSubclass(Record.class));
        }
        if (type.isRecord()) {
            return record(type.asSubclass(Record.class));
        }
        throw new AssertionError("say here how to make a " + type);
    }

    private Object reflectedId(Class<? extends Record> type) {
        try {
            return type.getDeclaredConstructor(String.class).newInstance(pick(IDS));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private int number(String name) {
        return switch (name) {
            case "value", "dice" -> 1 + random.nextInt(6);
            case "playerCount" -> random.nextInt(5);
            case "maxPlayers" -> 2 + random.nextInt(3);
            case "rank", "finishedRank" -> 1 + random.nextInt(4);
            case "targetPosition" -> random.nextInt(58);
            case "position", "from" -> random.nextInt(59) - 1;
            case "rating" -> pick(List.of(1200, -3, Integer.MAX_VALUE, Integer.MIN_VALUE));
            default -> pick(List.of(0, 1, 17, Integer.MAX_VALUE));
        };
    }

    private Instant instant() {
        return amount == Amount.RANDOM
                ? pick(List.of(
                        Instant.parse("2026-11-23T10:00:00Z"),
                        Instant.parse("2026-02-28T23:59:59.999999999Z"),
                        Instant.parse("1969-12-31T23:59:59.5Z"),
                        Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 250_000_000_000L), random.nextInt(3)),
                        Instant.MAX,
                        Instant.MIN))
                : Instant.parse("2026-11-23T10:00:00Z");
    }

    private boolean isThere() {
        return amount == Amount.RANDOM ? random.nextBoolean() : amount == Amount.FULL;
    }

    private int size() {
        return amount == Amount.RANDOM ? random.nextInt(4) : amount == Amount.FULL ? 2 : 0;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
