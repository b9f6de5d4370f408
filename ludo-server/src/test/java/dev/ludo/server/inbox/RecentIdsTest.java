package dev.ludo.server.inbox;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** For how long ids are remembered, and what that takes. */
class RecentIdsTest {
    private static final Duration KEPT = FileInbox.IDS_KEPT;
    private static final int MANY = Boolean.getBoolean("ludo.soak") ? 1_000_000 : 100_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RecentIds ids = new RecentIds(KEPT);

    @Test
    void anIdIsKnownFor96HoursAndForgottenNoMoreThanASpanLater() {
        for (Duration late = Duration.ZERO; late.compareTo(RecentIds.SPAN) <= 0; late = late.plusMinutes(7)) {
            Instant accepted = START.plus(late);
            RecentIds known = new RecentIds(KEPT);
            known.add(Fingerprint.of("msg_1"), accepted, accepted);
            assertThat(known.contains(Fingerprint.of("msg_2"), accepted), is(false));
            assertThat("at the edge", known.contains(Fingerprint.of("msg_1"), accepted.plus(KEPT)), is(true));
            Instant past = accepted.plus(KEPT).plus(RecentIds.SPAN);
            assertThat("past it", known.contains(Fingerprint.of("msg_1"), past), is(false));
        }
    }

    @Test
    void whatIsTooOldIsNotRememberedAtAll() {
        ids.add(Fingerprint.of("msg_1"), START, START.plus(KEPT));
        ids.add(Fingerprint.of("msg_2"), START.minusMillis(1), START.plus(KEPT));
        assertThat(ids.size(), is(1L));
        assertThat(ids.since(START.plus(KEPT)), is(START));
    }

    @Test
    void aHalfDayTakes16KbHoweverLittleCame() {
        ids.add(Fingerprint.of("msg_1"), START, START);
        assertThat(ids.bytes(), is(16L * 1024));
        ids.add(Fingerprint.of("msg_2"), START.plus(RecentIds.SPAN), START.plus(RecentIds.SPAN));
        assertThat(ids.bytes(), is(2 * 16L * 1024));
    }

    /** Whatever comes whenever, what is younger than it is kept is known, and what never came or is much older is not. */
    @Property(tries = 100)
    void whatIsKnownIsWhatCameLately(
            @ForAll @Size(max = 100) List<@IntRange(max = 20) Integer> came,
            @ForAll @Size(min = 100, max = 100) List<@IntRange(max = 600) Integer> minutes) {
        RecentIds known = new RecentIds(KEPT);
        Map<Integer, Instant> last = new HashMap<>();
        Instant now = START;
        for (int i = 0; i < came.size(); i++) {
            now = now.plus(Duration.ofMinutes(minutes.get(i)));
            known.add(Fingerprint.of("msg_" + came.get(i)), now, now);
            last.put(came.get(i), now);
            for (int id = 0; id <= 21; id++) {
                Instant at = last.get(id);
                boolean isKnown = known.contains(Fingerprint.of("msg_" + id), now);
                if (at == null || !at.plus(KEPT).plus(RecentIds.SPAN).isAfter(now)) {
                    assertThat(isKnown, is(false));
                } else if (!at.plus(KEPT).isBefore(now)) {
                    assertThat(isKnown, is(true));
                }
            }
        }
    }

    @Test
    void veryManyIdsAreAllKnownInAFewBytesEach() {
        Instant now = START;
        Duration step = KEPT.dividedBy(MANY);
        for (int i = 0; i < MANY; i++) {
            ids.add(Fingerprint.of("msg_" + i), now, now);
            now = now.plus(step);
        }
        assertThat(ids.size(), is((long) MANY));
        assertThat((double) ids.bytes() / MANY, allOf(greaterThan(21.0), lessThanOrEqualTo(32.0)));
        int known = 0;
        for (int i = 0; i < MANY; i++) {
            known += ids.contains(Fingerprint.of("msg_" + i), now) ? 1 : 0;
        }
        assertThat(known, is(MANY));
        for (int i = MANY; i < MANY + MANY / 10; i++) {
            known += ids.contains(Fingerprint.of("msg_" + i), now) ? 1 : 0;
        }
        assertThat("and none that never came", known, is(MANY));
        assertThat(ids.contains(Fingerprint.of("msg_0"), now.plus(KEPT).plus(RecentIds.SPAN)), is(false));
        assertThat("nothing is left of them", ids.bytes(), is(0L));
    }
}
