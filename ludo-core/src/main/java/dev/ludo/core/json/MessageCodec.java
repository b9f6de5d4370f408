package dev.ludo.core.json;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.UnknownEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.GameState;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a room to and from their wire form {@code {"type":…,"seq":…,"ts":…,"data":{…}}}.
 *
 * <p>The wire numbers broadcasts but does not repeat the epoch with each, so whoever reads says which epoch holds.
 */
public final class MessageCodec {
    private MessageCodec() {}

    /**
     * Writes a message.
     *
     * @param message the message
     * @return its text, without line breaks
     */
    public static String write(RoomMessage message) {
        Text out = new Text(224);
        write(message, out);
        return out.toString();
    }

    private static void write(RoomMessage message, Text out) {
        if (message.event() instanceof UnknownEvent unknown) {
            out.add(unknown.raw());
            return;
        }
        out.add("{\"type\":\"").add(message.event().type()).add("\"");
        if (message.at().isPresent()) {
            out.add(",\"seq\":").add(Long.toString(message.at().get().seq()));
        }
        if (message.sentAt().isPresent()) {
            Times.print(message.sentAt().get(), out.add(",\"ts\":\""));
            out.add("\"");
        }
        Object data = message.event() instanceof RoomEvent.StateReport report ? report.state() : message.event();
        LudoJson.write(data, out.add(",\"data\":"));
        out.add("}");
    }

    /**
     * Reads a message as a socket brings it.
     *
     * @param utf8 the message, at most {@value LudoJson#MAX_BYTES} bytes
     * @param epoch the epoch that its number belongs to, empty if the API does not say
     * @return the message; one of an unknown type holds an {@link UnknownEvent} with this very text
     * @throws MalformedJsonException if it is no JSON object within the bounds, has no type, or data that does not fit the
     *     type
     */
    public static RoomMessage read(byte[] utf8, String epoch) {
        return read(LudoJson.parseObject(utf8), () -> new String(utf8, StandardCharsets.UTF_8), epoch);
    }

    private static RoomMessage read(JsonObject tree, Supplier<String> raw, String epoch) {
        if (!(tree.get("type") instanceof JsonString type)) {
            throw new MalformedJsonException(Kind.SHAPE, "a message needs a type", null);
        }
        Optional<Sequence> at = present(tree, "seq").map(seq -> sequence(epoch, seq));
        Optional<Instant> sentAt = present(tree, "ts").map(MessageCodec::time);
        return new RoomMessage(event(type.getString(), tree, raw), at, sentAt);
    }

    private static Optional<JsonValue> present(JsonObject tree, String name) {
        JsonValue value = tree.get(name);
        return value == null || value.getValueType() == JsonValue.ValueType.NULL
                ? Optional.empty()
                : Optional.of(value);
    }

    private static RoomEvent event(String type, JsonObject tree, Supplier<String> raw) {
        return switch (type) {
            case "room:player-joined" -> data(tree, RoomEvent.PlayerJoined.class);
            case "room:player-left" -> data(tree, RoomEvent.PlayerLeft.class);
            case "room:player-connection" -> data(tree, RoomEvent.PlayerConnection.class);
            case "room:closed" -> data(tree, RoomEvent.RoomClosed.class);
            case "game:started" -> data(tree, RoomEvent.GameStarted.class);
            case "game:dice-rolled" -> data(tree, RoomEvent.DiceRolled.class);
            case "game:piece-moved" -> data(tree, RoomEvent.PieceMoved.class);
            case "game:turn-change" -> data(tree, RoomEvent.TurnChange.class);
            case "game:player-finished" -> data(tree, RoomEvent.PlayerFinished.class);
            case "game:ended" -> data(tree, RoomEvent.GameEnded.class);
            case "game:state" -> new RoomEvent.StateReport(data(tree, GameState.class));
            case "room:joined" -> data(tree, RoomEvent.RoomJoined.class);
            case "room:left" -> data(tree, RoomEvent.RoomLeft.class);
            case "ack" -> data(tree, RoomEvent.Ack.class);
            case "pong" -> data(tree, RoomEvent.Pong.class);
            case "error" -> data(tree, RoomEvent.Refused.class);
            default -> new UnknownEvent(type, raw.get());
        };
    }

    private static <T> T data(JsonObject tree, Class<T> type) {
        JsonValue data = tree.getOrDefault("data", JsonValue.NULL);
        if (data.getValueType() == JsonValue.ValueType.NULL) {
            return LudoJson.read(JsonValue.EMPTY_JSON_OBJECT, type);
        }
        if (data instanceof JsonObject object) {
            return LudoJson.read(object, type);
        }
        throw new MalformedJsonException(Kind.SHAPE, "data must be an object, was " + data.getValueType(), null);
    }

    private static Sequence sequence(String epoch, JsonValue seq) {
        try {
            if (seq instanceof JsonNumber number) {
                long value = number.longValueExact();
                if (value > 0) {
                    return new Sequence(epoch, value);
                }
            }
        } catch (ArithmeticException e) {
            throw noSequence(seq, e);
        }
        throw noSequence(seq, null);
    }

    private static MalformedJsonException noSequence(JsonValue seq, @Nullable Exception cause) {
        return new MalformedJsonException(Kind.SHAPE, "seq must be a whole number from 1, was " + seq, cause);
    }

    private static Instant time(JsonValue ts) {
        if (ts instanceof JsonString text) {
            return LudoJson.instant(text.getString(), "ts");
        }
        throw new MalformedJsonException(Kind.SHAPE, "ts must be an RFC 3339 time, was " + ts, null);
    }

    /**
     * Writes the answer to a move.
     *
     * @param result the answer
     * @return its text, to stand in the envelope as data
     */
    public static String write(MoveResult result) {
        Text out = new Text(1_024).add("{\"events\":[");
        String comma = "";
        for (RoomMessage message : result.events()) {
            write(message, out.add(comma));
            comma = ",";
        }
        out.add("]");
        if (result.state().isPresent()) {
            LudoJson.write(result.state().get(), out.add(",\"state\":"));
        }
        return out.add("}").toString();
    }

    /**
     * Reads the answer to a move. An API that sends no data, no events or no state is taken as it is: they are empty then.
     *
     * @param body the answer's body, the envelope, as a tree
     * @param utf8 the same body as it came
     * @return the answer; an event of an unknown type is an {@link UnknownEvent} with the very text that stood there
     * @throws MalformedJsonException if the state is none, or an event does not fit its type
     */
    public static MoveResult readMoveResult(JsonObject body, byte[] utf8) {
        if (!(body.get("data") instanceof JsonObject tree)) {
            return MoveResult.BARE;
        }
        Optional<GameState> state = state(tree.getOrDefault("state", JsonValue.NULL));
        String epoch = state.map(GameState::epoch).orElse("");
        List<RoomMessage> events = new ArrayList<>();
        JsonValue list = present(tree, "events").orElse(JsonValue.EMPTY_JSON_ARRAY);
        if (!(list instanceof JsonArray array)) {
            throw new MalformedJsonException(
                    Kind.SHAPE, "not a MoveResult: events must be an array, was " + list.getValueType(), null);
        }
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof JsonObject message)) {
                throw new MalformedJsonException(Kind.SHAPE, "not a MoveResult: events must hold objects", null);
            }
            int index = i;
            events.add(read(message, () -> Trees.sources(utf8, "data", "events").get(index), epoch));
        }
        return new MoveResult(events, state);
    }

    private static Optional<GameState> state(JsonValue value) {
        if (value.getValueType() == JsonValue.ValueType.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonObject tree) {
            return Optional.of(LudoJson.read(tree, GameState.class));
        }
        throw new MalformedJsonException(Kind.SHAPE, "state must be an object, was " + value.getValueType(), null);
    }
}
