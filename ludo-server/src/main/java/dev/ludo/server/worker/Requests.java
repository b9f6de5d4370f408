package dev.ludo.server.worker;

import dev.ludo.server.files.SyncedFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What operators ask of a worker from another process: each request is a file in a folder, and so is its answer. Who may write to
 * the data folder may ask. For one thread.
 */
final class Requests {
    private static final Logger LOG = System.getLogger(Requests.class.getName());

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
    private final Set<Path> passedOver = new HashSet<>();

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
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /**
     * Does what is asked, of what is still there. What cannot be done now holds up nothing else.
     *
     * @throws IOException if something could not be done, and is still there
     */
    void obey(List<Path> asked) throws IOException {
        passedOver.retainAll(asked);
        List<IOException> failures = new ArrayList<>();
        for (Path file : asked) {
            try {
                Optional<String> answer = obey(file);
                if (answer.isPresent()) {
                    String name = String.valueOf(file.getFileName());
                    String bare = name.substring(0, name.length() - REQUEST.length());
                    SyncedFile.write(file.resolveSibling(bare + ANSWER), answer.get());
                    Files.deleteIfExists(file);
                }
            } catch (IOException | RuntimeException e) {
                failures.add(new IOException(file + " cannot be obeyed yet: " + e.getMessage(), e));
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    // Gives the answer; none where there is nothing to be obeyed.
    private Optional<String> obey(Path file) throws IOException {
        String request;
        try {
            request = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("cannot obey what is no text in UTF-8");
        } catch (IOException e) {
            if (passedOver.add(file)) { // once, and not at each look
                LOG.log(Level.ERROR, file + " cannot be read as a request to the worker, and is passed over", e);
            }
            return Optional.empty();
        }
        return Optional.of(servant.obey(request));
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
