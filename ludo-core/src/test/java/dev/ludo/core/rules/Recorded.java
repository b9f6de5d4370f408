package dev.ludo.core.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerFinished;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Word;
import dev.ludo.core.rules.RuleSet.BonusStacking;
import dev.ludo.core.rules.RuleSet.EndCondition;
import dev.ludo.core.rules.RuleSet.HomeEntry;
import dev.ludo.core.rules.RuleSet.LeaverPieces;
import dev.ludo.core.rules.RuleSet.OnTimeout;
import dev.ludo.core.rules.RuleSet.OwnStacking;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import dev.ludo.core.rules.RuleSet.SixWithoutMove;
import dev.ludo.core.rules.RuleSet.StackRule;
import dev.ludo.core.rules.RuleSet.TwoPlayerSeating;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the recorded games beside this test: seats are numbers, places are progresses, events have a short form. */
final class Recorded {
    private Recorded() {}

    static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(Recorded.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** Fails on a key that would otherwise be overlooked. */
    static void checkKeys(JsonObject object, String... known) {
        Set<String> names = Set.of(known);
        object.keySet().stream().filter(key -> !names.contains(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException("unknown key " + key + " in " + object);
        });
    }

    static List<PlayerId> players(int count) {
        return IntStream.range(0, count).mapToObj(i -> PlayerId.of("p" + i)).toList();
    }

    static RuleSet rules(String mode, JsonObject options) {
        RuleSetBuilder rules = RuleSet.of(Word.of(GameMode.class, mode)).toBuilder();
        options.forEach((name, value) -> set(rules, name, value));
        return rules.build();
    }

    private static void set(RuleSetBuilder rules, String name, JsonValue value) {
        switch (name) {
            case "exitRolls" -> rules.exitRolls(integers(value));
            case "extraRollOn" -> rules.extraRollOn(integers(value));
            case "extraRollOnCapture" -> rules.extraRollOnCapture(isOn(value));
            case "extraRollOnHome" -> rules.extraRollOnHome(isOn(value));
            case "bonusStacking" -> rules.bonusStacking(BonusStacking.valueOf(word(value)));
            case "sixLimit" -> rules.sixLimit(((JsonNumber) value).intValueExact());
            case "sixLimitRule" -> rules.sixLimitRule(SixLimitRule.valueOf(word(value)));
            case "sixWithoutMove" -> rules.sixWithoutMove(SixWithoutMove.valueOf(word(value)));
            case "safeSquares" -> rules.safeSquares(safeSquares(value));
            case "stackRule" -> rules.stackRule(StackRule.valueOf(word(value)));
            case "ownStacking" -> rules.ownStacking(OwnStacking.valueOf(word(value)));
            case "homeEntry" -> rules.homeEntry(HomeEntry.valueOf(word(value)));
            case "requireCaptureToEnterHome" -> rules.requireCaptureToEnterHome(isOn(value));
            case "tokensToWin" -> rules.tokensToWin(((JsonNumber) value).intValueExact());
            case "startPiecesOut" -> rules.startPiecesOut(((JsonNumber) value).intValueExact());
            case "endCondition" -> rules.endCondition(EndCondition.valueOf(word(value)));
            case "twoPlayerSeating" -> rules.twoPlayerSeating(TwoPlayerSeating.valueOf(word(value)));
            case "leaverPieces" -> rules.leaverPieces(LeaverPieces.valueOf(word(value)));
            case "onTimeout" -> rules.onTimeout(OnTimeout.valueOf(word(value)));
            case "maxMissedTurns" -> rules.maxMissedTurns(((JsonNumber) value).intValueExact());
            case "announceExtraRoll" -> rules.announceExtraRoll(isOn(value));
            default -> throw new IllegalArgumentException("unknown option " + name);
        }
    }

    private static SafeSquares safeSquares(JsonValue value) {
        if (value instanceof JsonArray) {
            return SafeSquares.of(Stream.of(integers(value)).mapToInt(i -> i).toArray());
        }
        return switch (word(value)) {
            case "STARTS_AND_STARS" -> SafeSquares.STARTS_AND_STARS;
            case "STARTS" -> SafeSquares.STARTS;
            case "STARS" -> SafeSquares.STARS;
            case "NONE" -> SafeSquares.NONE;
            default -> throw new IllegalArgumentException("unknown safeSquares " + value);
        };
    }

    private static boolean isOn(JsonValue value) {
        if (!List.of(JsonValue.TRUE, JsonValue.FALSE).contains(value)) {
            throw new IllegalArgumentException("neither true nor false: " + value);
        }
        return value.equals(JsonValue.TRUE);
    }

    static String word(JsonValue value) {
        return ((JsonString) value).getString();
    }

    static Integer[] integers(JsonValue value) {
        return ((JsonArray) value)
                .getValuesAs(JsonNumber.class).stream()
                        .map(JsonNumber::intValueExact)
                        .toArray(Integer[]::new);
    }

    /** The short form of events, without those that it leaves out. */
    static List<String> brief(Game game, List<RoomEvent> events) {
        return events.stream()
                .filter(event -> !(event instanceof PlayerFinished))
                .map(event -> brief(game, event))
                .toList();
    }

    private static String brief(Game game, RoomEvent event) {
        return switch (event) {
            case DiceRolled e -> "D" + e.value();
            case PieceMoved e ->
                "M" + seat(e.pieceId()) + "." + e.pieceId().index() + ">" + progress(e.pieceId(), e.position());
            case TurnChange e -> "T" + seat(game, e.currentPlayerId());
            case GameEnded e -> "E" + seat(game, e.winnerId());
            default -> throw new IllegalArgumentException("the rules never say " + event);
        };
    }

    static int seat(Game game, PlayerId who) {
        return game.seat(who).color().seat();
    }

    static List<Integer> seats(Game game, List<PlayerId> players) {
        return players.stream().map(who -> seat(game, who)).toList();
    }

    private static int seat(PieceId piece) {
        return piece.color().seat();
    }

    static int progress(PieceId piece, Position position) {
        return position.progress(piece.color());
    }

    /** The player on a seat, or somebody who is not in the game. */
    static PlayerId player(Game game, int seat) {
        return (seat < 0 || seat > 3 ? Optional.<PlayerId>empty() : game.playerOf(Color.ofSeat(seat)))
                .orElse(PlayerId.of("stranger"));
    }

    static List<Integer> row(Game game, int seat) {
        return IntStream.range(0, 4)
                .mapToObj(piece -> game.progress(PieceId.of(Color.ofSeat(seat), piece)))
                .toList();
    }

    /** A piece's name: recorded whole, or as a number of a seat's own. */
    static String pieceName(JsonValue piece, int seat) {
        return piece instanceof JsonString name
                ? name.getString()
                : Color.ofSeat(seat).name().toLowerCase(Locale.ROOT) + "-" + piece;
    }
}
