package dev.ludo.server.worker;

import dev.ludo.core.model.PlayerId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the archive of finished games: lines in a file for each day, by UTC. A file is deleted when its day is as long ago as
 * games are kept. What is written twice is found once. For one thread.
 */
final class Archiver implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Archiver.class.getName());

    private record Day(LocalDate date, Lines lines) {}

    private final Path folder;
    private final Duration kept;
    private final Clock clock;
    private Optional<Day> today = Optional.empty();

    Archiver(Path folder, Duration kept, Clock clock) {
        this.folder = folder;
        this.kept = kept;
        this.clock = clock;
    }

    /** Adds games; they stay once this returns. */
    void add(List<FinishedGame> games) throws IOException {
        if (games.isEmpty()) {
            return;
        }
        Lines lines = today();
        lines.append(games.stream().map(game -> ArchiveLine.of(game).toString()).toList());
        lines.sync();
    }

    private Lines today() throws IOException {
        LocalDate date = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (today.isEmpty() || !today.get().date().equals(date)) {
            close();
            today = Optional.of(new Day(date, Lines.open(ArchiveLine.file(folder, date), (at, line) -> {})));
        }
        return today.get().lines();
    }

    /** Deletes what is older than games are kept. */
    void deleteOld() throws IOException {
        LocalDate oldest = LocalDate.ofInstant(clock.instant().minus(kept), ZoneOffset.UTC);
        for (Path file : files()) {
            if (ArchiveLine.day(file).filter(oldest::isAfter).isPresent()) {
                Files.deleteIfExists(file);
                LOG.log(Level.INFO, "the archive deleted {0}, which is older than {1}", file, kept);
            }
        }
    }

    /**
     * Takes a player out of all games: another id and no name stand in the place.
     *
     * @return in how many games the player was
     */
    int forget(PlayerId player) throws IOException {
        close();
        int count = 0;
        for (Path file : files()) {
            count += forget(player, file);
        }
        return count;
    }

    private static int forget(PlayerId player, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        int count = 0;
        try (Lines all = Lines.open(file, (at, line) -> lines.add(line))) {
            List<String> left = new ArrayList<>();
            for (String line : lines) {
                // Most lines name somebody else, and are not worth being taken apart.
                boolean isIn = line.contains(player.value()) && game(line).has(player);
                count += isIn ? 1 : 0;
                left.add(isIn ? ArchiveLine.of(game(line).without(player)).toString() : line);
            }
            if (count > 0) {
                all.replace(sink -> {
                    for (String line : left) {
                        sink.line(line);
                    }
                });
                all.sync();
            }
        }
        return count;
    }

    private static FinishedGame game(String line) {
        return FinishedGame.parse(ArchiveLine.parse(line).json());
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, ArchiveLine.GLOB)) {
            found.forEach(files::add);
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        if (today.isPresent()) {
            today.get().lines().close();
            today = Optional.empty();
        }
    }
}
