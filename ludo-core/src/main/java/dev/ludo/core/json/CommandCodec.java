package dev.ludo.core.json;

import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands to and from their wire form, which is flat: {@code {"type":…, …fields}}. */
public final class CommandCodec {
    private static final int MAX_REQUEST_ID = 128;

    private CommandCodec() {}

    /**
     * Writes a command.
     *
     * @param command the command
     * @return its text, without line breaks; a join's holds the player's token
     */
    public static String write(RoomCommand command) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("type", command.type());
        switch (command) {
            case RoomCommand.Join join -> {
                out.put("roomCode", join.roomCode().value());
                out.put("playerToken", join.playerToken().reveal());
                join.from().ifPresent(from -> put(out, from));
            }
            case RoomCommand.Watch watch -> {
                out.put("roomCode", watch.roomCode().value());
                watch.from().ifPresent(from -> put(out, from));
            }
            case RoomCommand.Roll roll -> roll.requestId().ifPresent(id -> out.put("requestId", id));
            case RoomCommand.MovePiece piece -> {
                out.put("pieceId", piece.move().pieceId().toString());
                out.put("targetPosition", piece.move().targetPosition().value());
                piece.requestId().ifPresent(id -> out.put("requestId", id));
            }
            case RoomCommand.Ping ping -> ping.requestId().ifPresent(id -> out.put("requestId", id));
            case RoomCommand.Sync sync -> {}
            case RoomCommand.Leave leave -> {}
        }
        return LudoJson.write(out);
    }

    private static void put(Map<String, Object> out, Sequence from) {
        out.put("lastSeq", from.seq());
        if (!from.epoch().isEmpty()) {
            out.put("epoch", from.epoch());
        }
    }

    /**
     * Reads a command from its tree.
     *
     * @param tree the message
     * @return the command, or empty if its type is none that this version knows
     * @throws InvalidRequestException if it has no type, or fields that are missing or wrong; each is named
     */
    public static Optional<RoomCommand> read(JsonObject tree) {
        Fields fields = Fields.of(tree);
        Optional<String> type = fields.text("type");
        fields.require("type").check();
        return switch (type.orElseThrow()) {
            case "room:join" -> {
                Optional<RoomCode> code = fields.text("roomCode", RoomCode::of);
                Optional<Secret> token = fields.text("playerToken", Secret::of);
                fields.require("roomCode", "playerToken");
                Optional<Sequence> from = from(tree, fields);
                fields.check();
                yield Optional.of(new RoomCommand.Join(code.orElseThrow(), token.orElseThrow(), from));
            }
            case "room:watch" -> {
                Optional<RoomCode> code = fields.text("roomCode", RoomCode::of);
                fields.require("roomCode");
                Optional<Sequence> from = from(tree, fields);
                fields.check();
                yield Optional.of(new RoomCommand.Watch(code.orElseThrow(), from));
            }
            case "game:roll" -> Optional.of(new RoomCommand.Roll(requestId(fields)));
            case "game:move" -> {
                Optional<String> requestId = fields.text("requestId", CommandCodec::shortText);
                Move move = Requests.move(fields);
                yield Optional.of(new RoomCommand.MovePiece(move, requestId));
            }
            case "state:sync" -> Optional.of(new RoomCommand.Sync());
            case "room:leave" -> Optional.of(new RoomCommand.Leave());
            case "ping" -> Optional.of(new RoomCommand.Ping(requestId(fields)));
            default -> Optional.empty();
        };
    }

    /**
     * The id that an answer to a message should carry, also when the message cannot be read otherwise.
     *
     * @param tree the message
     * @return its {@code requestId}, if it has a good one
     */
    public static Optional<String> requestIdOf(JsonObject tree) {
        return tree.get("requestId") instanceof JsonString id
                        && id.getString().length() <= MAX_REQUEST_ID
                        && !id.getString().isEmpty()
                ? Optional.of(id.getString())
                : Optional.empty();
    }

    private static Optional<String> requestId(Fields fields) {
        Optional<String> requestId = fields.text("requestId", CommandCodec::shortText);
        fields.check();
        return requestId;
    }

    private static String shortText(String text) {
        if (text.isEmpty() || text.length() > MAX_REQUEST_ID) {
            throw new IllegalArgumentException("must be 1 to " + MAX_REQUEST_ID + " characters");
        }
        return text;
    }

    private static Optional<Sequence> from(JsonObject tree, Fields fields) {
        Optional<String> epoch = fields.text("epoch");
        if (!(tree.get("lastSeq") instanceof JsonNumber number)) {
            if (tree.containsKey("lastSeq") && !tree.isNull("lastSeq")) {
                throw notWhole();
            }
            return Optional.empty();
        }
        try {
            long seq = number.longValueExact();
            if (seq < 0) {
                throw notWhole();
            }
            return Optional.of(new Sequence(epoch.orElse(""), seq));
        } catch (ArithmeticException e) {
            throw notWhole();
        }
    }

    private static InvalidRequestException notWhole() {
        return new InvalidRequestException(List.of(new FieldError("lastSeq", "must be a whole number from 0")));
    }
}
