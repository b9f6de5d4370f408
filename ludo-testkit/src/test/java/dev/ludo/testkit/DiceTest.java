package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.RollResult;
import dev.ludo.core.model.Room;
import dev.ludo.core.rules.Dice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiceTest extends WithFake {
    private GameState begin() {
        return begin(api);
    }

    private static GameState begin(Api api) {
        Room room = api.open(2, "classic");
        api.seat(room, "Ann");
        api.seat(room, "Bob");
        return api.state(room);
    }

    /** Rolls and, where it can be done, moves. */
    private List<Integer> rolls(GameState state, int count) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RollResult rolled = api.roll(state);
            values.add(rolled.value());
            if (!rolled.legalMoves().isEmpty()) {
                LegalMove move = rolled.legalMoves().getFirst();
                api.tryMove(
                                state,
                                move.pieceId().toString(),
                                move.targetPosition().value())
                        .data();
            }
        }
        return values;
    }

    private static List<Integer> stream(long seed, int count) {
        Dice dice = Dice.seeded(seed);
        return Stream.generate(dice::roll).limit(count).toList();
    }

    @Test
    void theFirstGameOfAFakeRollsAsTheDocumentedSeedDoes() {
        assertThat(FakeLudo.DEFAULT_SEED, is(42L));
        assertThat(rolls(begin(), 10), is(List.of(4, 6, 4, 6, 4, 6, 5, 4, 6, 1)));
    }

    @Test
    void eachGameHasAStreamOfItsOwn() {
        GameState first = begin();
        GameState second = begin();
        List<Integer> ofFirst = new ArrayList<>();
        List<Integer> ofSecond = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ofSecond.addAll(rolls(second, 1));
            ofFirst.addAll(rolls(first, 1));
        }
        assertThat(ofFirst, is(stream(42, 20)));
        assertThat(ofSecond, is(stream(43, 20)));
    }

    @Test
    void aNewSeedCountsGamesFromTheBeginning() {
        GameState before = begin();
        assertThat(api.control("PUT", "dice", "{\"seed\":-7}").status(), is(200));
        assertThat(rolls(begin(), 5), is(stream(-7, 5)));
        assertThat(rolls(begin(), 5), is(stream(-6, 5)));
        assertThat("a game that has started keeps its dice", rolls(before, 5), is(stream(42, 5)));
        ludo.reseed(Long.MAX_VALUE);
        assertThat(rolls(begin(), 5), is(stream(Long.MAX_VALUE, 5)));
    }

    @Test
    void aGamesScriptComesBeforeTheScriptForAllAndThatBeforeItsOwnDice() {
        GameState first = begin();
        GameState second = begin();
        assertThat(rolls(first, 2), is(List.of(4, 6)));
        ludo.rollNext(1, 2);
        ludo.rollNext(first.gameId(), 3, 3);
        assertThat(rolls(first, 3), is(List.of(3, 3, 1)));
        assertThat(rolls(second, 1), is(List.of(2)));
        assertThat("its own dice are where they were", rolls(first, 4), is(List.of(4, 6, 4, 6)));
    }

    @Test
    void theControlApiSaysHowManyWait() {
        GameState state = begin();
        assertThat(queued("{\"values\":[6,1,6]}"), is(3));
        assertThat(queued("{\"values\":[5]}"), is(4));
        assertThat(queued("{\"gameId\":\"" + state.gameId() + "\",\"values\":[2]}"), is(1));
        assertThat(rolls(state, 4), is(List.of(2, 6, 1, 6)));
        assertThat(queued("{\"gameId\":null,\"values\":[1]}"), is(2));
    }

    private int queued(String body) {
        return api.control("PUT", "dice", body).data().getInt("queued");
    }

    @Test
    void aRollThatIsRefusedCostsNothing() {
        GameState state = begin();
        ludo.rollNext(6, 5);
        api.roll(state);
        assertThat(api.tryRoll(state).outcome(), is("409 MOVE_FIRST"));
        api.tryMove(state, "red-0", 0).data();
        assertThat(api.roll(state).value(), is(5));
        api.tryMove(state, "red-0", 5).data();
        assertThat(api.tryRoll(state, "X-Player-Token", "pt_nobody").outcome(), is("403 FORBIDDEN"));
        assertThat("the stream was not touched", rolls(state, 1), is(List.of(4)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, -1})
    void noDieShowsAnythingElse(int value) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ludo.rollNext(1, value));
        assertThat(e.getMessage(), is("values must be 1 to 6, was " + value));
        assertThat("nothing was queued", queued("{\"values\":[1]}"), is(1));
    }

    @Test
    void thereIsNoScriptForAGameThatIsNotThere() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ludo.rollNext(GameId.of("gam_nowhere0"), 1));
        assertThat(e.getMessage(), is("game must be one of this fake, was gam_nowhere0"));
    }

    @Test
    void theSameSeedGivesTheSameRunToTheLastName() {
        List<String> run = run(ludo, api);
        try (FakeLudo again = setup().start();
                Api calls = new Api(again)) {
            assertThat(run(again, calls), is(run));
        }
        try (FakeLudo other = setup().seed(1).start();
                Api calls = new Api(other)) {
            assertThat(run(other, calls), not(run));
        }
        ludo.reset();
        assertThat("a fake that was reset begins anew", run(ludo, api), is(run));
    }

    private static List<String> run(FakeLudo ludo, Api api) {
        Room room = api.open(2, "classic");
        Api.Seated ann = api.seat(room, "Ann");
        Api.Seated bob = api.seat(room, "Bob");
        GameState state = api.state(room);
        return List.of(
                room.code().value(),
                ann.playerId().value(),
                ann.token(),
                bob.token(),
                state.gameId().value(),
                String.valueOf(api.roll(state).value()),
                String.valueOf(ludo.messages(room.code()).size()));
    }

    @Test
    void everyResetBeginsAnotherHistory() {
        String before = begin().epoch();
        ludo.reset();
        assertThat(begin().epoch(), not(before));
    }

    @Test
    void soManyDiceMayWaitAndNoMore() {
        int[] many = new int[10_000];
        Arrays.fill(many, 3);
        ludo.rollNext(many);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ludo.rollNext(1));
        assertThat(e.getMessage(), containsString("values"));
        Api.Reply reply = api.control("PUT", "dice", "{\"values\":[1]}");
        assertThat(reply.outcome(), is("422 VALIDATION_FAILED"));
        assertThat(reply.fields(), is(List.of("values")));
        ludo.rollNext(ludo.gameAt(GameAt.players(2)).game().gameId(), 1);
    }
}
