package dev.ludo.server.worker;

import dev.ludo.server.inbox.InboxEntry;
import dev.ludo.server.inbox.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far one target has come: up to where the inbox was read for it, and which of the deliveries before that are still open.
 * What is finished between two {@linkplain #commit commits} is forgotten by a crash, and then done again.
 *
 * <p>Thread-safe, but that one thread alone commits.
 */
final class Ledger implements AutoCloseable {
    // Where more lines than that say less than a fourth of it, the file is written anew.
    private static final int LINES = 10_000;

    /** A delivery that is not finished. */
    record Open(Place place, String id, Instant acceptedAt, Failures failures) {}

    private static final class Item {
        private final String id;
        private final Instant acceptedAt;
        private Failures failures;
        private boolean written;

        private Item(String id, Instant acceptedAt, Failures failures, boolean written) {
            this.id = id;
            this.acceptedAt = acceptedAt;
            this.failures = failures;
            this.written = written;
        }
    }

    private final ReentrantLock state = new ReentrantLock();
    private final TreeMap<Place, Item> open = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private final BadLines bad = new BadLines((at, line) -> read(line));
    private final Lines file;
    private boolean begun; // whether the file says how far it was read
    private Place readTo;
    private Place written = new Place(-1, 0); // nowhere, so that the beginning is written down too
    private volatile long firstSegment;
    private int lines;
    private boolean failed; // then the file is written anew, since what it says is anybody's guess

    private Ledger(Path path, Place start) throws IOException {
        this.readTo = start;
        this.file = Lines.open(path, bad);
        bad.tell(path);
        if (bad.any() && !begun) {
            this.readTo = Place.BEGINNING;
        }
        // A crash in the middle of a commit leaves deliveries behind that stand where is not read to yet.
        Map<Place, Item> again = open.tailMap(readTo, true);
        this.failed = bad.any() || !again.isEmpty(); // or these would be open once more when it is read further
        again.clear();
        if (begun) {
            this.written = readTo;
            this.firstSegment = first();
        }
    }

    private long first() {
        return open.isEmpty() ? readTo.segment() : open.firstKey().segment();
    }

    /**
     * Opens a target's ledger.
     *
     * @param path its file
     * @param start where a new target begins
     */
    static Ledger open(Path path, Place start) throws IOException {
        Ledger ledger = new Ledger(path, start);
        if (!ledger.begun) {
            ledger.commit(); // so that a new target's beginning is written down; the others need no disk that has room
        }
        return ledger;
    }

    private void read(String line) {
        String[] words = line.split(" ", 5);
        Place place = Place.of(words[1], words[2]);
        lines++;
        switch (words[0]) {
            case "read" -> {
                if (!begun || !bad.any()) { // rather twice than never: a line before may have said what was open
                    readTo = place;
                    begun = true;
                }
            }
            case "open" -> {
                Instant acceptedAt = Instant.ofEpochMilli(Long.parseLong(words[3]));
                open.put(place, new Item(words[4], acceptedAt, Failures.NONE, true));
            }
            case "failed" ->
                Optional.ofNullable(open.get(place))
                        .ifPresent(item -> item.failures = new Failures(
                                Integer.parseInt(words[3]), Instant.ofEpochMilli(Long.parseLong(words[4]))));
            case "done" -> open.remove(place);
            default -> throw new IllegalArgumentException("no line of a ledger: " + line);
        }
    }

    /** Up to where the inbox was read. */
    Place readTo() {
        state.lock();
        try {
            return readTo;
        } finally {
            state.unlock();
        }
    }

    /** The first segment of which something is not read, or not finished, as far as that is committed. */
    long firstSegment() {
        return firstSegment;
    }

    /** What is not finished, in the order of the inbox. */
    List<Open> open() {
        state.lock();
        try {
            return open.entrySet().stream()
                    .map(e -> new Open(e.getKey(), e.getValue().id, e.getValue().acceptedAt, e.getValue().failures))
                    .toList();
        } finally {
            state.unlock();
        }
    }

    /** How many are not finished. */
    int size() {
        state.lock();
        try {
            return open.size();
        } finally {
            state.unlock();
        }
    }

    /** When the oldest that is not finished was accepted. */
    Optional<Instant> oldest() {
        state.lock();
        try {
            return open.isEmpty()
                    ? Optional.empty()
                    : Optional.of(open.firstEntry().getValue().acceptedAt);
        } finally {
            state.unlock();
        }
    }

    /** Notes that a delivery was read, and up to where. */
    void begun(Place place, InboxEntry entry, Place next) {
        state.lock();
        try {
            open.put(place, new Item(entry.id(), entry.acceptedAt(), Failures.NONE, false));
            readTo = next;
        } finally {
            state.unlock();
        }
    }

    /** Notes that there was nothing to do up to a place. */
    void movedTo(Place place) {
        state.lock();
        try {
            readTo = place;
        } finally {
            state.unlock();
        }
    }

    /** Notes that an attempt has failed. */
    void failed(Place place, Failures failures) {
        state.lock();
        try {
            Item item = open.get(place);
            if (item != null) {
                item.failures = failures;
                if (item.written) {
                    notes.add(failedLine(place, failures));
                }
            }
        } finally {
            state.unlock();
        }
    }

    /** Notes that a delivery is finished. */
    void finished(Place place) {
        state.lock();
        try {
            Item item = open.remove(place);
            if (item != null && item.written) {
                notes.add("done " + place);
            }
        } finally {
            state.unlock();
        }
    }

    /** Has all that was noted survive a crash. */
    void commit() throws IOException {
        List<String> all = new ArrayList<>();
        boolean anew;
        Place upTo;
        long first;
        state.lock();
        try {
            if (notes.isEmpty() && readTo.equals(written) && !failed) {
                return;
            }
            anew = failed || (lines > LINES && lines / 4 > open.size());
            open.forEach((place, item) -> {
                if (anew || !item.written) {
                    all.add("open " + place + ' ' + item.acceptedAt.toEpochMilli() + ' ' + item.id);
                    if (item.failures.attempts() > 0) {
                        all.add(failedLine(place, item.failures));
                    }
                    item.written = true;
                }
            });
            if (!anew) {
                all.addAll(notes);
            }
            notes.clear();
            upTo = readTo;
            first = first();
            all.add("read " + upTo); // last: what stands before it is open or finished
        } finally {
            state.unlock();
        }
        failed = true;
        write(all, anew);
        failed = false;
        written = upTo;
        firstSegment = first;
    }

    private void write(List<String> all, boolean anew) throws IOException {
        if (anew) {
            file.replace(sink -> {
                for (String line : all) {
                    sink.line(line);
                }
            });
            file.sync();
            lines = all.size();
        } else {
            file.append(all);
            file.sync();
            lines += all.size();
        }
    }

    private static String failedLine(Place place, Failures failures) {
        return "failed " + place + ' ' + failures.attempts() + ' '
                + failures.first().toEpochMilli();
    }

    @Override
    public void close() throws IOException {
        try {
            commit();
        } finally {
            file.close();
        }
    }
}
