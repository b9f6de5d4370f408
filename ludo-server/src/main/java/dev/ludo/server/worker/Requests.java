package dev.ludo.server.worker;

import dev.ludo.server.webhook.SyncedFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What operators ask of a worker from another process: each request is a file in a folder, and so is its answer. Who may write to
 * the data folder may ask. For one thread.
 */
final class Requests {
    private static final String REQUEST = ".request";
    private static final String ANSWER = ".answer";

    // Whoever writes for so long was killed.
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(1);

    /** Does what is asked. */
    @FunctionalInterface
    interface Servant {
        /**
         * Does it.
         *
         * @param request such as {@code replay msg_1}
         * @return what was done, in a sentence
         */
        String obey(String request) throws IOException;
    }

    private final Path folder;
    private final Servant servant;
    private final Clock clock;

    /**
     * Looks for nothing yet.
     *
     * @param clock the one by which the file system says how old files are
     */
    Requests(Path dataFolder, Servant servant, Clock clock) {
        this.folder = folder(dataFolder);
        this.servant = servant;
        this.clock = clock;
    }

    private static Path folder(Path dataFolder) {
        return dataFolder.resolve("requests");
    }

    /** What is asked now. What was not asked to the end is deleted, since it may name somebody. */
    List<Path> open() throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        SyncedFile.deleteUnfinished(folder, clock.instant().minus(WRITTEN_WITHIN));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + REQUEST)) {
            files.forEach(found::add);
        }
        return found;
    }

    /** Does what is asked. */
    void obey(List<Path> asked) throws IOException {
        for (Path file : asked) {
            String answer = answer(Files.readString(file));
            String name = String.valueOf(file.getFileName());
            SyncedFile.write(file.resolveSibling(name.substring(0, name.length() - REQUEST.length()) + ANSWER), answer);
            Files.delete(file);
        }
    }

    // What cannot be understood does not hold up what can.
    private String answer(String request) throws IOException {
        try {
            return servant.obey(request);
        } catch (IllegalArgumentException e) {
            return "cannot obey " + request + ": " + e.getMessage();
        }
    }

    /**
     * Leaves a request for the worker.
     *
     * @return where its answer will be
     */
    static Path leave(Path dataFolder, String request) throws IOException {
        Path folder = Files.createDirectories(folder(dataFolder));
        String name = UUID.randomUUID().toString();
        SyncedFile.write(folder.resolve(name + REQUEST), request);
        return folder.resolve(name + ANSWER);
    }

    /** The answer, once it is there; then it is gone. */
    static Optional<String> answer(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        String answer = Files.readString(file);
        Files.delete(file);
        return Optional.of(answer);
    }
}
