package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.testkit.fault.FaultSchedule;
import dev.ludo.testkit.journal.JournalEntry;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Under any schedule of faults the fake keeps what it promises. Which schedule it was stands in the failure. */
class SeededFaultsTest {
    private static final int FAULTS = 6;
    private static final int ROOMS = 4;
    private static final int MOST_TRIES = 2 * FAULTS;

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("ludo.soak") ? 200 : 20);
    }

    /** Opens a room, with one key, until it is told which. */
    private static String room(Api calls, String key) {
        List<String> failures = new ArrayList<>();
        while (failures.size() < MOST_TRIES) {
            try {
                Api.Reply reply = calls.post("rooms", "{\"maxPlayers\":2}", "Idempotency-Key", key);
                if (reply.status() == 201) {
                    return reply.data().getString("code");
                }
                failures.add(Integer.toString(reply.status()));
            } catch (UncheckedIOException | MalformedJsonException e) {
                failures.add(e.toString());
            }
        }
        throw new AssertionError("no room after " + failures);
    }

    /** What was played: each call, its answer and its fault. */
    private static List<String> played(FaultSchedule schedule) {
        try (FakeLudo ludo = FakeLudo.builder()
                        .clock(VirtualClock.manual(Instant.EPOCH))
                        .start();
                Api calls = new Api(ludo)) {
            ludo.faults().add(schedule);
            List<String> codes = new ArrayList<>();
            for (int i = 0; i < ROOMS; i++) {
                codes.add(room(calls, "key " + i));
            }
            assertThat(
                    "each room was opened once",
                    ludo.rooms().stream().map(room -> room.code().value()).toList(),
                    is(codes));
            List<JournalEntry> entries = ludo.journal().entries();
            List<String> faults = entries.stream()
                    .filter(entry -> entry.kind() == JournalEntry.Kind.REQUEST)
                    .flatMap(entry -> entry.faultId().stream())
                    .toList();
            assertThat("each fault hit once at most", faults.stream().distinct().count(), is((long) faults.size()));
            assertThat(faults.size(), lessThanOrEqualTo(FAULTS));
            return entries.stream()
                    .map(entry -> entry.kind().word()
                            + ' '
                            + entry.status()
                            + ' '
                            + entry.body()
                            + ' '
                            + entry.idempotencyKey()
                            + ' '
                            + entry.faultId())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoTriesAgainWithOneKeyDoesItOnceAndOneSeedDoesTheSame(long seed) {
        FaultSchedule schedule = FaultSchedule.forCalls(seed, FAULTS);
        schedule.run(() -> assertThat(played(schedule), is(played(FaultSchedule.forCalls(seed, FAULTS)))));
    }
}
