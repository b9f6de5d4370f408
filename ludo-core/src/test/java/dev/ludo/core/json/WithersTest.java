package dev.ludo.core.json;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GamePlayer;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Piece;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerStats;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomPlayer;
import dev.ludo.core.model.Turn;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that are made of others by changing one thing. */
class WithersTest {
    /** Every method that is called as a wither of one component, of every record. */
    static List<Method> withers() {
        return Wire.types().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && component(method).isPresent())
                .toList();
    }

    private static Optional<RecordComponent> component(Method wither) {
        return Arrays.stream(wither.getDeclaringClass().getRecordComponents())
                .filter(component -> Stream.of("with", "without")
                        .anyMatch(verb -> wither.getName().equals(verb + capital(component.getName()))))
                .findFirst();
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    @Test
    void theyAreFound() {
        List<String> names = withers().stream()
                .map(method -> method.getDeclaringClass().getSimpleName() + '.' + method.getName())
                .toList();
        assertThat(names, hasItem("GameState.withTurn"));
        assertThat(names, hasItem("WebhookSubscription.withoutSecret"));
    }

    @ParameterizedTest
    @MethodSource("withers")
    void oneComponentIsChangedAndNothingElse(Method wither) throws ReflectiveOperationException {
        Class<? extends Record> type = wither.getDeclaringClass().asSubclass(Record.class);
        RecordComponent changed = component(wither).orElseThrow();
        for (int seed = 0; seed < 50; seed++) {
            Record before = new Any(seed, Any.Amount.RANDOM).record(type);
            Object wanted = changed.getAccessor().invoke(new Any(seed + 1_000L, Any.Amount.FULL).record(type));
            Object after =
                    wither.getParameterCount() == 0 ? wither.invoke(before) : wither.invoke(before, bare(wanted));
            for (RecordComponent component : type.getRecordComponents()) {
                Object value = component.getAccessor().invoke(after);
                if (component.getName().equals(changed.getName())) {
                    assertThat(bare(value), is(wither.getParameterCount() == 0 ? List.of() : bare(wanted)));
                } else if (!(type == Room.class && component.getName().equals("playerCount"))) {
                    assertThat(
                            component.getName(),
                            value,
                            is(component.getAccessor().invoke(before)));
                }
            }
        }
    }

    /** What stands in an optional value, an empty list for nothing. */
    private static Object bare(Object value) {
        return switch (value) {
            case Optional<?> there -> there.isPresent() ? there.get() : List.of();
            case OptionalInt there -> there.isPresent() ? (Object) there.getAsInt() : List.of();
            case OptionalLong there -> there.isPresent() ? (Object) there.getAsLong() : List.of();
            default -> value;
        };
    }

    @Test
    void whatARecordDoesNotAllowNoWitherMakes() {
        Room room = new Any(1, Any.Amount.FULL).record(Room.class);
        RoomPlayer player = room.players().getFirst();
        Turn turn = new Any(1, Any.Amount.FULL).record(Turn.class);
        for (Executable wrong : List.<Executable>of(
                () -> room.withMaxPlayers(5),
                () -> room.withPlayers(Collections.nCopies(5, player)),
                () -> turn.withDice(7),
                () -> turn.withSixes(-1),
                () -> NewRoom.DEFAULT.withMaxPlayers(1),
                () -> NewRoom.DEFAULT.withGameMode(GameMode.UNKNOWN),
                () -> new PlayerStats(0, 0, 0, 1200).withCaptures(-1))) {
            assertThrows(IllegalArgumentException.class, wrong);
        }
    }

    @Test
    void aRoomWithOtherPlayersCountsThem() {
        Room room = new Any(1, Any.Amount.FULL).record(Room.class);
        RoomPlayer player = room.players().getFirst();
        assertThat(room.withPlayers(List.of()).playerCount(), is(0));
        assertThat(room.withPlayers(List.of(player, player, player)).playerCount(), is(3));
    }

    @Test
    void onePlayerAndOnePieceAreChangedAmongTheirLike() {
        GameState state = new Any(1, Any.Amount.FULL).record(GameState.class);
        PieceId first = PieceId.of(Color.RED, 0);
        PieceId second = PieceId.of(Color.RED, 1);
        GamePlayer ann = state.players()
                .getFirst()
                .withPieces(List.of(new Piece(first, Position.YARD), new Piece(second, Position.YARD)));
        assertThat(
                ann.withPiece(second, Position.of(7)).pieces(),
                is(List.of(new Piece(first, Position.YARD), new Piece(second, Position.of(7)))));
        assertThat(ann.withPiece(PieceId.of(Color.BLUE, 0), Position.of(7)), is(ann));
        GamePlayer other = ann.withPlayerName("Ben");
        GameState changed = state.withPlayers(List.of(ann)).withPlayer(other);
        assertThat(changed.players(), is(List.of(other)));
        assertThat(changed.withPlayers(List.of()).withPlayer(other).players(), is(List.of()));
    }
}
