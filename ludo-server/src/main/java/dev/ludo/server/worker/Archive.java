package dev.ludo.server.worker;

import dev.ludo.core.model.GameId;
import dev.ludo.core.model.RoomCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Finds finished games in the archive that a worker writes, which may be another process. It knows where each game stands, and
 * reads what has been added when it is asked, if the last time is a moment ago. Thread-safe.
 */
public final class Archive implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Archive.class.getName());

    /** For how long what was added may not be seen yet. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final class Day {
        private final Path file;
        private final Object identity;
        private final FileChannel in;
        private long readTo;

        private Day(Path file, Object identity, FileChannel in) {
            this.file = file;
            this.identity = identity;
            this.in = in;
        }
    }

    private record Spot(Day day, long at) {}

    // Days by their names.
    private static final Comparator<Spot> IN_ORDER =
            Comparator.comparing((Spot spot) -> spot.day().file).thenComparingLong(Spot::at);

    private final Path folder;
    private final LongSupplier nanoTime;
    private final ReentrantLock state = new ReentrantLock();
    private final Map<Path, Day> days = new HashMap<>();
    private final Map<String, Spot> games = new HashMap<>();
    private final Map<String, Set<String>> rooms = new HashMap<>();
    private Optional<Long> lookedAt = Optional.empty();

    /**
     * Reads an archive.
     *
     * @param folder the data folder; nothing needs to be there yet
     * @param nanoTime the clock that durations are measured by
     */
    public Archive(Path folder, LongSupplier nanoTime) {
        this.folder = folder;
        this.nanoTime = nanoTime;
    }

    /**
     * Finds a game.
     *
     * @param gameId which
     * @return its JSON: the game summary and the {@code ranking}; empty if the archive does not have it
     * @throws IOException if the archive cannot be read
     */
    public Optional<String> game(GameId gameId) throws IOException {
        state.lock();
        try {
            look();
            Spot spot = games.get(gameId.value());
            return spot == null ? Optional.empty() : Optional.of(json(spot));
        } finally {
            state.unlock();
        }
    }

    /**
     * Finds the games of a room.
     *
     * @param code which
     * @return the JSON of each, in the order in which they came into the archive; empty if it has none
     * @throws IOException if the archive cannot be read
     */
    public List<String> games(RoomCode code) throws IOException {
        state.lock();
        try {
            look();
            List<Spot> spots = rooms.getOrDefault(code.value(), Set.of()).stream()
                    .map(gameId -> Objects.requireNonNull(games.get(gameId)))
                    .sorted(IN_ORDER)
                    .toList();
            List<String> found = new ArrayList<>();
            for (Spot spot : spots) {
                found.add(json(spot));
            }
            return found;
        } finally {
            state.unlock();
        }
    }

    private static String json(Spot spot) throws IOException {
        return ArchiveLine.parse(Lines.lineAt(spot.day().in, spot.at())).json();
    }

    private void look() throws IOException {
        long now = nanoTime.getAsLong();
        if (lookedAt.isPresent() && now - lookedAt.get() < MOMENT.toNanos()) {
            return;
        }
        for (Path file : closeThoseThatAreGone()) {
            readOn(file);
        }
        lookedAt = Optional.of(now);
    }

    private List<Path> closeThoseThatAreGone() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, ArchiveLine.GLOB)) {
                found.forEach(files::add);
            }
        }
        Iterator<Map.Entry<Path, Day>> open = days.entrySet().iterator();
        while (open.hasNext()) {
            Map.Entry<Path, Day> day = open.next();
            if (!files.contains(day.getKey())) {
                open.remove();
                drop(day.getValue());
            }
        }
        return files;
    }

    private void readOn(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return; // it was deleted just now
        }
        Object identity = Objects.requireNonNullElse(attributes.fileKey(), file);
        Day day = days.get(file);
        if (day != null && !day.identity.equals(identity)) {
            days.remove(file);
            drop(day); // it was written anew, without somebody who is to be forgotten
            day = null;
        }
        if (day == null) {
            day = new Day(file, identity, FileChannel.open(file, StandardOpenOption.READ));
            days.put(file, day);
        }
        if (attributes.size() > day.readTo) {
            Day into = day;
            day.readTo = Lines.read(day.in, day.readTo, (at, line) -> found(into, at, line));
        }
    }

    private void found(Day day, long at, String text) {
        ArchiveLine line;
        try {
            line = ArchiveLine.parse(text);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the archive passes over the line at " + at + " of " + day.file, e);
            return;
        }
        games.put(line.gameId(), new Spot(day, at));
        rooms.computeIfAbsent(line.room(), any -> new HashSet<>()).add(line.gameId());
    }

    private void drop(Day day) throws IOException {
        day.in.close();
        Set<String> gone = new HashSet<>();
        games.entrySet().removeIf(game -> {
            boolean isGone = game.getValue().day() == day;
            if (isGone) {
                gone.add(game.getKey());
            }
            return isGone;
        });
        rooms.values().forEach(ids -> ids.removeAll(gone));
        rooms.values().removeIf(Set::isEmpty);
    }

    @Override
    public void close() {
        state.lock();
        try {
            for (Day day : days.values()) {
                drop(day);
            }
            days.clear();
        } catch (IOException e) {
            throw new UncheckedIOException("a file that was read cannot be closed", e);
        } finally {
            state.unlock();
        }
    }
}
