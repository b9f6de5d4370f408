package dev.ludo.client.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    @Test
    void ahundredRetriesInARowAndNoMore() {
        RetryBudget budget = new RetryBudget(500, 5);
        int taken = 0;
        while (budget.tryTake()) {
            taken++;
        }
        assertThat(taken, is(100));
        assertThat(budget.tokens(), is(0));
    }

    @Test
    void aSuccessGivesBackWhatItsRetriesTookOrOne() {
        RetryBudget budget = new RetryBudget(500, 5);
        for (int i = 0; i < 100; i++) {
            budget.tryTake();
        }
        budget.succeeded(0);
        assertThat(budget.tokens(), is(1));
        budget.succeeded(2);
        assertThat(budget.tokens(), is(11));
    }

    @Property(tries = 200)
    void theBucketHoldsNeitherLessThanNothingNorMoreThanItsCapacity(
            @ForAll @IntRange(max = 50) int capacity,
            @ForAll @IntRange(min = 1, max = 9) int cost,
            @ForAll List<@IntRange(min = -1, max = 3) Integer> steps) {
        RetryBudget budget = new RetryBudget(capacity, cost);
        int model = capacity;
        for (int step : steps) {
            if (step < 0) {
                boolean expected = model >= cost;
                assertThat(budget.tryTake(), is(expected));
                model -= expected ? cost : 0;
            } else {
                budget.succeeded(step);
                model = Math.min(capacity, model + (step == 0 ? 1 : step * cost));
            }
            assertThat(budget.tokens(), allOf(is(model), greaterThanOrEqualTo(0), lessThanOrEqualTo(capacity)));
        }
    }

    @Test
    void threadsTakeEachTokenOnce() {
        RetryBudget budget = new RetryBudget(5_000, 5);
        AtomicInteger taken = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < 20; t++) {
                threads.execute(() -> {
                    for (int i = 0; i < 100; i++) {
                        if (budget.tryTake()) {
                            taken.incrementAndGet();
                        }
                    }
                });
            }
        }
        assertThat(taken.get(), is(1_000));
    }
}
