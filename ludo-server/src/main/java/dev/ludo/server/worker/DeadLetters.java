package dev.ludo.server.worker;

import dev.ludo.server.inbox.ForgetRequest;
import dev.ludo.server.inbox.Place;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The deliveries that were given up, by target and id. They stay until they are replayed with success. Thread-safe.
 *
 * <p>Each change is synced before the method returns.
 */
final class DeadLetters implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DeadLetters.class.getName());

    private static final String FILE = "dead-letters.log";

    // Where so many lines are of letters that are gone, the file is written anew.
    private static final int GONE = 1_000;

    private record Key(String target, String id) {
        @Override
        public String toString() {
            return target + ' ' + id;
        }

        static Key of(DeadLetter letter) {
            return new Key(letter.target(), letter.id());
        }
    }

    private record Kept(long at, boolean again) {}

    private static final class Index implements Lines.Reader {
        private final Map<Key, Kept> kept = new LinkedHashMap<>();
        private int gone;

        @Override
        public void line(long at, String line) {
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "dead" -> put(Key.of(letter(line)), at, false);
                case "again" -> put(new Key(words[1], words[2]), at, true);
                case "done" -> {
                    kept.remove(new Key(words[1], words[2]));
                    gone += 2;
                }
                default -> throw new IllegalArgumentException("no line of dead letters: " + line);
            }
        }

        private void put(Key key, long at, boolean again) {
            Kept before = kept.remove(key);
            if (before != null) {
                gone++;
            } else if (again) {
                return;
            }
            kept.put(key, new Kept(again && before != null ? before.at() : at, again));
        }
    }

    private final ReentrantLock state = new ReentrantLock();
    private final Index index = new Index();
    private final Path folder;
    private final Lines file;

    private DeadLetters(Path folder) throws IOException {
        this.folder = folder;
        BadLines lines = new BadLines(index);
        this.file = Lines.open(folder.resolve(FILE), lines);
        lines.tell(folder.resolve(FILE));
    }

    static DeadLetters open(Path folder) throws IOException {
        return new DeadLetters(folder);
    }

    /** Shows all letters of a folder, which a worker may be writing. */
    static void show(Path folder, Consumer<DeadLetter> to) throws IOException {
        Path path = folder.resolve(FILE);
        if (Files.notExists(path)) {
            return;
        }
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            Index found = new Index();
            BadLines lines = new BadLines(found);
            Lines.read(in, 0, lines);
            lines.tell(path);
            List<Long> places = found.kept.values().stream().map(Kept::at).toList();
            for (long at : places) {
                to.accept(letterAt(in, at));
            }
        }
    }

    /** How many there are, those that are tried again included. */
    int size() {
        state.lock();
        try {
            return index.kept.size();
        } finally {
            state.unlock();
        }
    }

    /** Whether a delivery that was accepted then was given up for a target. */
    boolean has(String target, String id, Instant acceptedAt) throws IOException {
        state.lock();
        try {
            Kept kept = index.kept.get(new Key(target, id));
            return kept != null && letterAt(kept.at()).acceptedAt().equals(acceptedAt);
        } finally {
            state.unlock();
        }
    }

    /** The letter of an id that a target did not take; empty if it is gone. */
    Optional<DeadLetter> find(String target, String id) throws IOException {
        state.lock();
        try {
            Kept kept = index.kept.get(new Key(target, id));
            return kept == null ? Optional.empty() : Optional.of(letterAt(kept.at()));
        } finally {
            state.unlock();
        }
    }

    /** Keeps a letter of what stands at a place of the inbox, unless it names a player who was forgotten while it was tried. */
    void add(DeadLetter letter, Place place) throws IOException {
        state.lock();
        try {
            byte[] body = letter.bytes();
            ForgetRequest.Found found = ForgetRequest.in(folder);
            if (found.requests().stream().anyMatch(request -> request.isMeant(place, body))) {
                return;
            }
            // No room waits until somebody deletes it. Whoever asks again for what it was to say has the letter
            // deleted too.
            found.strays()
                    .forEach((file, why) ->
                            LOG.log(Level.ERROR, "a dead letter is kept whatever " + file + " was to say", why));
            note("dead " + letter.write());
        } finally {
            state.unlock();
        }
    }

    /** Keeps a letter that was tried again, unless it was deleted meanwhile. */
    void addAgain(DeadLetter letter) throws IOException {
        state.lock();
        try {
            if (index.kept.containsKey(Key.of(letter))) {
                note("dead " + letter.write());
            }
        } finally {
            state.unlock();
        }
    }

    /** Forgets a letter: it was taken after all. */
    void taken(String target, String id) throws IOException {
        note("done " + new Key(target, id));
        state.lock();
        try {
            if (index.gone > GONE && index.gone > index.kept.size()) {
                rewrite(letter -> true);
            }
        } finally {
            state.unlock();
        }
    }

    private void note(String line) throws IOException {
        note(List.of(line));
    }

    // All of them or none.
    private void note(List<String> lines) throws IOException {
        state.lock();
        try {
            mend();
            long at = file.length();
            file.append(lines);
            file.sync();
            for (String line : lines) {
                index.line(at, line); // where several are noted they are of letters that stand elsewhere
            }
        } finally {
            state.unlock();
        }
    }

    /** The letters of an id that some targets did not take, and that are not tried again now. */
    List<DeadLetter> of(String id, List<String> targets) throws IOException {
        return find((key, kept) -> key.id().equals(id) && !kept.again() && targets.contains(key.target()));
    }

    /** Has letters tried again. */
    void again(List<DeadLetter> letters) throws IOException {
        note(letters.stream().map(letter -> "again " + Key.of(letter)).toList());
    }

    /** The letters that are being tried again for a target. */
    List<DeadLetter> underWay(String target) throws IOException {
        return find((key, kept) -> kept.again() && key.target().equals(target)).stream()
                .filter(DeadLetter::hasBody)
                .toList();
    }

    private interface Wanted {
        boolean test(Key key, Kept kept);
    }

    private List<DeadLetter> find(Wanted wanted) throws IOException {
        state.lock();
        try {
            mend();
            List<DeadLetter> found = new ArrayList<>();
            for (Map.Entry<Key, Kept> any : index.kept.entrySet()) {
                if (wanted.test(any.getKey(), any.getValue())) {
                    found.add(letterAt(any.getValue().at()));
                }
            }
            return found;
        } finally {
            state.unlock();
        }
    }

    private DeadLetter letterAt(long at) throws IOException {
        return letter(file.lineAt(at));
    }

    private static DeadLetter letterAt(FileChannel in, long at) throws IOException {
        return letter(Lines.lineAt(in, at));
    }

    private static DeadLetter letter(String line) {
        return DeadLetter.read(line.substring("dead ".length()));
    }

    /**
     * Deletes letters.
     *
     * @return how many
     */
    int delete(Predicate<DeadLetter> which) throws IOException {
        state.lock();
        try {
            int before = index.kept.size();
            rewrite(which.negate());
            return before - index.kept.size();
        } finally {
            state.unlock();
        }
    }

    // Guarded by the lock. What is not synced may be lost although a later sync succeeds, and whoever is interrupted
    // while it writes closes the file.
    private void mend() throws IOException {
        if (!file.isSound()) {
            rewrite(letter -> true);
        }
    }

    // Guarded by the lock.
    private void rewrite(Predicate<DeadLetter> staying) throws IOException {
        try (FileChannel in = FileChannel.open(folder.resolve(FILE), StandardOpenOption.READ)) {
            rewrite(in, staying);
        }
    }

    private void rewrite(FileChannel in, Predicate<DeadLetter> staying) throws IOException {
        Index fresh = new Index();
        long[] at = {0};
        Map<Key, Kept> all = new LinkedHashMap<>(index.kept);
        file.replace(sink -> {
            for (Map.Entry<Key, Kept> any : all.entrySet()) {
                DeadLetter letter = letterAt(in, any.getValue().at());
                if (staying.test(letter)) {
                    List<String> lines = any.getValue().again()
                            ? List.of("dead " + letter.write(), "again " + any.getKey())
                            : List.of("dead " + letter.write());
                    for (String line : lines) {
                        fresh.line(at[0], line);
                        at[0] += sink.line(line);
                    }
                }
            }
        });
        index.kept.clear();
        index.kept.putAll(fresh.kept);
        index.gone = 0;
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
