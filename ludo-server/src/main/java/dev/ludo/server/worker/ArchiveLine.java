package dev.ludo.server.worker;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A line of the archive: a game, with what it is found by before it. Ids hold no white space.
 *
 * @param gameId the game
 * @param room the room
 * @param json the game's JSON
 */
record ArchiveLine(String gameId, String room, String json) {
    /** The names of the archive's files; there is one for each day, by UTC, on which games were written. */
    static final String GLOB = "archive-*.lines";

    private static final String PREFIX = "archive-";
    private static final String SUFFIX = ".lines";

    static ArchiveLine of(FinishedGame finished) {
        return new ArchiveLine(
                finished.game().gameId().value(), finished.game().roomCode().value(), finished.json());
    }

    static ArchiveLine parse(String line) {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException("no line of the archive: " + line);
        }
        return new ArchiveLine(line.substring(0, first), line.substring(first + 1, second), line.substring(second + 1));
    }

    @Override
    public String toString() {
        return gameId + ' ' + room + ' ' + json;
    }

    static Path file(Path folder, LocalDate day) {
        return folder.resolve(PREFIX + day + SUFFIX);
    }

    /** The day of a file; empty if it is none of the archive's. */
    static Optional<LocalDate> day(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
