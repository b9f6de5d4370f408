package dev.ludo.core.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.PlayerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples by which the rules are explained. */
class WorkedExamplesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | 0 | 0 | ''                           | 3 | ''              |   | D3 T1",
                "4 | 0 | 0 | ''                           | 6 | 0>1 1>1 2>1 3>1 | 2 | D6 M0.2>1",
                "4 | 0 | 0 | 0: 15 0 0 0, 1: 0 0 7 0      | 5 | 0>20            | 0 | D5 M0.0>20 M1.2>0",
                "4 | 0 | 0 | 0: 4 0 0 0, 3: 22 0 0 0      | 5 | 0>9             | 0 | D5 M0.0>9 T1",
                "4 | 0 | 0 | 0: 10 0 0 0, 1: 1 0 0 0      | 4 | 0>14            | 0 | D4 M0.0>14 T1",
                "4 | 0 | 0 | 0: 15 0 0 0, 1: 7 7 0 0      | 5 | 0>20            | 0 | D5 M0.0>20 M1.0>0 M1.1>0",
                "4 | 0 | 0 | 0: 51 0 0 0                  | 6 | 0>57 1>1 2>1 3>1| 0 | D6 M0.0>57",
                "4 | 0 | 0 | 0: 54 10 0 0                 | 4 | 1>14            | 1 | D4 M0.1>14 T1",
                "4 | 0 | 0 | 0: 54 57 57 57               | 6 | ''              |   | D6 T1",
                "4 | 0 | 2 | 0: 7 0 0 0                   | 6 | ''              |   | D6 T1",
                "4 | 0 | 0 | 0: 57 57 57 54               | 3 | 3>57            | 3 | D3 M0.3>57 T1",
                "2 | 0 | 0 | 0: 57 57 57 55               | 2 | 3>57            | 3 | D2 M0.3>57 E0",
                "4 | 1 | 0 | 0: 52 0 0 0, 1: 36 0 0 0     | 3 | 0>39            | 0 | D3 M1.0>39 T2",
                "4 | 1 | 0 | 0: 51 0 0 0, 1: 34 0 0 0     | 4 | 0>38            | 0 | D4 M1.0>38 M0.0>0"
            })
    void everyExampleComesOutAsTold(
            int players, int turn, int sixes, String rows, int roll, String legal, Integer piece, String events) {
        Table table = Table.of(
                RuleSet.classic(),
                players,
                rows,
                builder -> builder.turn(PlayerId.of("p" + turn)).sixes(sixes));
        String told = table.roll(roll);
        assertThat(table.legal(), is(legal));
        if (piece != null) {
            told += ' ' + table.move(piece);
        }
        assertThat(told, is(events));
    }
}
