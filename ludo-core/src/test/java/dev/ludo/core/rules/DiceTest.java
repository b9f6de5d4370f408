package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiceTest {
    @Test
    void aSeedGivesItsSequence() {
        assertThat(rolls(Dice.seeded(42), 20), is(List.of(4, 6, 4, 6, 4, 6, 5, 4, 6, 1, 2, 4, 3, 4, 3, 5, 6, 4, 3, 4)));
        assertThat(rolls(Dice.seeded(7), 50), is(rolls(Dice.seeded(7), 50)));
    }

    @Test
    void aScriptIsFollowedAndEnds() {
        int[] script = {3, 6, 1};
        Dice dice = Dice.scripted(script);
        script[0] = 5;
        assertThat(rolls(dice, 3), is(List.of(3, 6, 1)));
        DiceExhaustedException e = assertThrows(DiceExhaustedException.class, dice::roll);
        assertThat(e.getMessage(), is("the scripted dice are used up: all 3 values have been rolled"));
        assertThrows(IllegalArgumentException.class, () -> Dice.scripted(1, 7));
        assertThrows(IllegalArgumentException.class, () -> Dice.scripted(0));
    }

    @Test
    void aSecureDieShowsAllSidesAndNoOther() {
        List<Integer> counts = new ArrayList<>(Collections.nCopies(6, 0));
        // That a side is missing among so many has a chance of one in 10^78.
        rolls(Dice.secure(), 1_000).forEach(value -> counts.set(value - 1, counts.get(value - 1) + 1));
        assertThat(counts, everyItem(greaterThan(0)));
    }

    private static List<Integer> rolls(Dice dice, int count) {
        return IntStream.range(0, count).mapToObj(i -> dice.roll()).toList();
    }
}
