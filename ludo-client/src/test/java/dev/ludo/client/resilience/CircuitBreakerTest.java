package dev.ludo.client.resilience;

import static dev.ludo.client.resilience.CircuitBreaker.REFUSED;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.resilience.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final long SECOND = 1_000_000_000;

    private long now = -7 * SECOND;
    private final List<String> heard = new ArrayList<>();
    private final CircuitBreaker breaker =
            new CircuitBreaker(CircuitBreakerConfig.DEFAULT, () -> now, (from, to) -> heard.add(from + " " + to));

    @Test
    void nineteenFailuresAreTooFewAndTheTwentiethOpens() {
        fail(19);
        assertThat(breaker.state(), is(State.CLOSED));
        fail(1);
        assertThat(breaker.state(), is(State.OPEN));
        assertThat(breaker.tryEnter(), is(REFUSED));
        assertThat(breaker.retryAfter(), is(Optional.of(Duration.ofSeconds(5))));
        assertThat(heard, is(List.of("CLOSED OPEN")));
    }

    @Test
    void lessThanHalfOfThemIsNotEnough() {
        succeed(11);
        fail(10);
        assertThat(breaker.state(), is(State.CLOSED));
        fail(1);
        assertThat(breaker.state(), is(State.OPEN));
    }

    @Test
    void whatIsTenSecondsOldIsForgotten() {
        fail(19);
        now += 10 * SECOND;
        fail(19);
        assertThat(breaker.state(), is(State.CLOSED));
        now += 5 * SECOND;
        fail(1);
        assertThat(breaker.state(), is(State.OPEN));
    }

    @Test
    void whatSaysNothingAboutTheHostIsNotCounted() {
        for (int i = 0; i < 100; i++) {
            breaker.ignored(breaker.tryEnter());
        }
        fail(19);
        assertThat(breaker.state(), is(State.CLOSED));
    }

    @Test
    void threeTrialsCloseIt() {
        fail(20);
        now += 5 * SECOND - 1;
        assertThat(breaker.tryEnter(), is(REFUSED));
        now += 1;
        long first = breaker.tryEnter();
        long second = breaker.tryEnter();
        long third = breaker.tryEnter();
        assertThat(breaker.state(), is(State.HALF_OPEN));
        assertThat(third, is(not(REFUSED)));
        assertThat(breaker.tryEnter(), is(REFUSED));
        breaker.succeeded(first);
        breaker.succeeded(second);
        assertThat(breaker.tryEnter(), is(REFUSED));
        breaker.succeeded(third);
        assertThat(heard, is(List.of("CLOSED OPEN", "OPEN HALF_OPEN", "HALF_OPEN CLOSED")));
    }

    @Test
    void aTrialThatSaysNothingMakesRoomForAnother() {
        fail(20);
        now += 5 * SECOND;
        breaker.ignored(breaker.tryEnter());
        for (int i = 0; i < 3; i++) {
            breaker.succeeded(breaker.tryEnter());
        }
        assertThat(breaker.state(), is(State.CLOSED));
    }

    @Test
    void eachFailedTrialDoublesTheTimeUpToThirtySecondsAndClosingResetsIt() {
        fail(20);
        for (int seconds : new int[] {5, 10, 20, 30, 30}) {
            assertThat(breaker.retryAfter(), is(Optional.of(Duration.ofSeconds(seconds))));
            now += seconds * SECOND;
            breaker.failed(breaker.tryEnter());
        }
        now += 30 * SECOND;
        succeed(3);
        assertThat(breaker.state(), is(State.CLOSED));
        fail(20);
        assertThat(breaker.retryAfter(), is(Optional.of(Duration.ofSeconds(5))));
    }

    @Test
    void aSlowFailureFromBeforeTheOutageIsNoTrial() {
        long slow = breaker.tryEnter();
        fail(20);
        now += 5 * SECOND;
        long trial = breaker.tryEnter();
        breaker.failed(slow);
        assertThat(breaker.state(), is(State.HALF_OPEN));
        breaker.succeeded(trial);
        breaker.succeeded(
                trial); // told twice by mistake: the second still counts one trial only, of which none is under way
        succeed(2);
        assertThat(breaker.state(), is(State.CLOSED));
    }

    @Test
    void oneThatNeverOpensDoesNot() {
        CircuitBreaker never = new CircuitBreaker(CircuitBreakerConfig.never(), () -> now, (from, to) -> {});
        for (int i = 0; i < 10_000; i++) {
            never.failed(never.tryEnter());
        }
        assertThat(never.state(), is(State.CLOSED));
    }

    @Test
    void settingsThatMeanNothingAreNamed() {
        Duration second = Duration.ofSeconds(1);
        assertThat(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new CircuitBreakerConfig(0, 20, second, second, second, 3))
                        .getMessage(),
                is("failureRate must be above 0 up to 1, was 0.0"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CircuitBreakerConfig(1, 20, second, second, Duration.ZERO, 3));
        assertThrows(IllegalArgumentException.class, () -> new CircuitBreakerConfig(1, 20, second, second, second, 0));
    }

    /** While closed: against a list of all results and when they came. Results of a slice fall out together, after 9 to 10 s. */
    @Property(tries = 200)
    void itOpensExactlyWhenHalfOfTheRecentCallsFailed(
            @ForAll List<@IntRange(min = -9, max = 9) Integer> steps, @ForAll @IntRange(max = 1_000) int offset) {
        now = offset * SECOND / 10;
        CircuitBreakerConfig config = new CircuitBreakerConfig(
                0.5, 4, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(30), 3);
        CircuitBreaker tested = new CircuitBreaker(config, () -> now, (from, to) -> {});
        record At(long slice, boolean failed) {}
        Deque<At> recent = new ArrayDeque<>();
        for (int step : steps) {
            now += Math.abs(step) * SECOND / 3;
            long slice = Math.floorDiv(now, SECOND);
            recent.removeIf(at -> slice - at.slice() >= 10);
            boolean failed = step < 0;
            recent.add(new At(slice, failed));
            long ticket = tested.tryEnter();
            if (failed) {
                tested.failed(ticket);
            } else {
                tested.succeeded(ticket);
            }
            long failures = recent.stream().filter(At::failed).count();
            boolean opens = failed && recent.size() >= 4 && failures * 2 >= recent.size();
            assertThat(tested.state(), is(opens ? State.OPEN : State.CLOSED));
            if (opens) {
                return;
            }
        }
    }

    /** Whatever happens, in whatever order: no more than three calls try at once while it is half-open. */
    @Property(tries = 200)
    void neverMoreThanThreeTrialsAtOnce(@ForAll List<@IntRange(max = 5) Integer> steps) {
        fail(20);
        Deque<Long> underWay = new ArrayDeque<>();
        for (int step : steps) {
            switch (step) {
                case 0 -> now += 5 * SECOND;
                case 1 -> Optional.ofNullable(underWay.poll()).ifPresent(breaker::succeeded);
                case 2 -> Optional.ofNullable(underWay.poll()).ifPresent(breaker::failed);
                case 3 -> Optional.ofNullable(underWay.poll()).ifPresent(breaker::ignored);
                default -> {
                    State before = breaker.state();
                    long ticket = breaker.tryEnter();
                    if (before == State.OPEN && ticket != REFUSED) {
                        underWay.clear(); // those of an earlier era count for nothing
                    }
                    if (ticket != REFUSED) {
                        underWay.add(ticket);
                    }
                }
            }
            if (breaker.state() == State.HALF_OPEN) {
                assertThat(underWay.size(), lessThanOrEqualTo(3));
            } else if (breaker.state() == State.CLOSED) {
                return;
            }
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(breaker.tryEnter());
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            breaker.succeeded(breaker.tryEnter());
        }
    }
}
