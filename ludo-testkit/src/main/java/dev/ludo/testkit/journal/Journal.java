package dev.ludo.testkit.journal;

import dev.ludo.testkit.journal.JournalEntry.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was asked of a server and what it answered: every call, every answer and every frame of a socket, in order. It keeps
 * the last entries; see {@link #lost()}.
 *
 * {@snippet :
 * Journal journal = ludo.journal();
 * journal.await(Expected.request("POST", "/v1/rooms"), Duration.ofSeconds(5));
 * journal.verify(Expected.request("POST", "/v1/games/**").json("pieceId", "red-0"), 2); // tried twice
 * journal.assertNothingElse();
 * System.out.println(journal.timeline());
 * }
 *
 * <p>What {@link #await} has found and {@link #verify} has counted is accounted for; {@link #assertNothingElse} looks for
 * the rest. Thread-safe.
 */
public final class Journal {
    private final Ring ring;

    Journal(Ring ring) {
        this.ring = ring;
    }

    /**
     * What is kept.
     *
     * @return the entries in order
     */
    public List<JournalEntry> entries() {
        return ring.after(0);
    }

    /**
     * What came after an entry.
     *
     * @param seq the entry's number; 0 for all
     * @return the entries that are kept, in order
     */
    public List<JournalEntry> entriesAfter(long seq) {
        return ring.after(seq);
    }

    /**
     * How many entries are no longer kept since the journal was last cleared.
     *
     * @return the number, from 0
     */
    public long lost() {
        return ring.lost();
    }

    /**
     * How many entries are as they should be.
     *
     * @param what what they should be like, such as an {@link Expected}
     * @return the number, from 0
     */
    public int count(Predicate<? super JournalEntry> what) {
        return (int) entries().stream().filter(what).count();
    }

    /**
     * Waits, in real time, for an entry. One that is there already will do.
     *
     * @param what what it should be like, such as an {@link Expected}
     * @param atMost how long to wait
     * @return the first such entry
     * @throws AssertionError if none comes in time; the message shows the closest that there is, and what happened
     * @throws InterruptedException if the thread is interrupted
     */
    public JournalEntry await(Predicate<? super JournalEntry> what, Duration atMost) throws InterruptedException {
        return await(what, 1, atMost).getFirst();
    }

    /**
     * Waits, in real time, for some entries. Those that are there already count.
     *
     * @param what what they should be like, such as an {@link Expected}
     * @param count how many at least, from 1
     * @param atMost how long to wait
     * @return the first such entries, as many as were asked for
     * @throws IllegalArgumentException if the count is less than 1
     * @throws AssertionError if they do not come in time; the message shows the closest that there is, and what happened
     * @throws InterruptedException if the thread is interrupted
     */
    public List<JournalEntry> await(Predicate<? super JournalEntry> what, int count, Duration atMost)
            throws InterruptedException {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, was " + count);
        }
        List<JournalEntry> found = new ArrayList<>();
        long seen = 0;
        long left = atMost.toNanos();
        while (true) {
            for (JournalEntry entry : ring.after(seen)) {
                seen = entry.seq();
                if (what.test(entry)) {
                    found.add(entry);
                    if (found.size() == count) {
                        ring.account(found);
                        return found;
                    }
                }
            }
            if (left <= 0) {
                throw new AssertionError("after " + atMost + " there are " + found.size() + " of " + count
                        + " entries as awaited: " + what + '\n' + evidence(what));
            }
            left = ring.awaitAfter(seen, left);
        }
    }

    /**
     * Checks that something happened once.
     *
     * @param what what should have happened
     * @throws AssertionError if it did not, or more often; the message shows the closest that there is, and what happened
     */
    public void verify(Expected what) {
        verify(what, 1);
    }

    /**
     * Checks that something happened so often.
     *
     * @param what what should have happened
     * @param times how often, exactly; 0 for not at all
     * @throws IllegalArgumentException if the number is negative
     * @throws AssertionError if it did not; the message shows the closest that there is, and what happened
     */
    public void verify(Expected what, int times) {
        if (times < 0) {
            throw new IllegalArgumentException("times must not be negative, was " + times);
        }
        List<JournalEntry> found = entries().stream().filter(what).toList();
        ring.account(found);
        if (found.size() != times) {
            throw new AssertionError(
                    what + " was expected " + times + " times and came " + found.size() + " times\n" + evidence(what));
        }
    }

    private String evidence(Predicate<? super JournalEntry> what) {
        String closest = what instanceof Expected expected
                ? nearMiss(expected).map(report -> report + '\n').orElse("")
                : "";
        return closest + timeline();
    }

    /**
     * Compares an expectation with the entry that comes closest, if none is as expected.
     *
     * @param what what should have happened
     * @return a table of what was expected beside what there is; empty if something is as expected, or nothing can be compared
     */
    public Optional<String> nearMiss(Expected what) {
        return what.nearMiss(entries());
    }

    /**
     * Checks that clients have asked and said nothing but what was accounted for. Pings, pongs and closes do not count.
     *
     * @throws AssertionError if they have; the message shows what
     */
    public void assertNothingElse() {
        List<JournalEntry> rest = ring.unaccounted().stream()
                .filter(entry -> entry.kind() == Kind.REQUEST || entry.kind() == Kind.FRAME_IN)
                .filter(entry -> entry.opcode().isEmpty())
                .toList();
        if (!rest.isEmpty()) {
            throw new AssertionError("nobody expected\n"
                    + rest.stream().map(entry -> "  " + entry + '\n').collect(Collectors.joining())
                    + timeline());
        }
    }

    /**
     * The answers to requests that the server knows nothing of, such as one with a slip in its path or a wrong method. What
     * a fault or a script has answered is not among them.
     *
     * @return the answers in order, of those that are kept
     */
    public List<JournalEntry> unmatched() {
        return entries().stream().filter(JournalEntry::isUnmatched).toList();
    }

    /**
     * Shows everything, a line each: when, on which connection, what, and the fault that hit it.
     *
     * @return the lines, each with its line break
     */
    public String timeline() {
        return timeline(Integer.MAX_VALUE);
    }

    /**
     * Shows the last of it, a line each.
     *
     * @param most how many entries at most, at least 0
     * @return the lines, each with its line break
     * @throws IllegalArgumentException if negative
     */
    public String timeline(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most must not be negative, was " + most);
        }
        return Timeline.of(entries(), lost(), most);
    }

    /** Forgets all entries. Their numbers go on. */
    public void clear() {
        ring.clear();
    }

    @Override
    public String toString() {
        return "a journal of " + entries().size() + " entries";
    }
}
