package dev.ludo.server.worker;

import dev.ludo.server.files.SyncedFile;
import dev.ludo.server.throttle.GrowingPause;
import dev.ludo.server.worker.WorkerDesk.Answer;
import dev.ludo.server.worker.WorkerDesk.Answer.Done;
import dev.ludo.server.worker.WorkerDesk.Answer.NotDone;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * What operators ask of a worker from another process: each request is a file in a folder, and so is its answer. Who may write to
 * the data folder may ask. For one thread, but that any may ask for its trouble.
 */
final class Requests {
    private static final Logger LOG = System.getLogger(Requests.class.getName());

    private static final String REQUEST = ".request";
    private static final String ANSWER = ".answer";

    // What an answer begins with.
    private static final String DONE = "done: ";
    private static final String NOT_DONE = "not done: ";

    // Whoever writes for so long was killed.
    private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(1);

    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofMillis(20), Duration.ofMinutes(1));

    /** A request that could not be done to its end: its answer if only that could not be written, and when it is tried again. */
    private record Waiting(Optional<Answer> answer, int failed, long again, String why) {}

    /** Does what is asked. */
    @FunctionalInterface
    interface Servant {
        /**
         * Does it.
         *
         * @param request such as {@code replay msg_1}
         * @return what became of it
         */
        Answer obey(String request) throws IOException;
    }

    private final Path folder;
    private final Servant servant;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Set<Path> passedOver = new HashSet<>();
    private final Map<Path, Waiting> waiting = new HashMap<>();
    private volatile String trouble = "";

    /**
     * Looks for nothing yet.
     *
     * @param clock the one by which the file system says how old files are
     * @param nanoTime tells when to try again what could not be done
     */
    Requests(Path dataFolder, Servant servant, Clock clock, LongSupplier nanoTime) {
        this.folder = folder(dataFolder);
        this.servant = servant;
        this.clock = clock;
        this.nanoTime = nanoTime;
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
     * Does what is asked, of what is still there. What cannot be done now holds up nothing else, and is tried again after pauses
     * that grow; what was done is not done again when its answer cannot be written.
     */
    void obey(List<Path> asked) {
        passedOver.retainAll(asked);
        waiting.keySet().retainAll(asked);
        for (Path file : asked) {
            Waiting before = waiting.get(file);
            if (before == null) {
                obey(file, new Waiting(Optional.empty(), 0, 0, ""));
            } else if (nanoTime.getAsLong() - before.again() >= 0) {
                obey(file, before);
            }
        }
        trouble = waiting.values().stream().map(Waiting::why).findFirst().orElse("");
    }

    private void obey(Path file, Waiting before) {
        Optional<Answer> answer = before.answer();
        try {
            if (answer.isEmpty()) {
                answer = obey(file);
            }
            if (answer.isPresent()) {
                String name = String.valueOf(file.getFileName());
                String bare = name.substring(0, name.length() - REQUEST.length());
                SyncedFile.write(file.resolveSibling(bare + ANSWER), text(answer.get()));
                Files.deleteIfExists(file);
            }
            waiting.remove(file);
        } catch (IOException | RuntimeException e) {
            String what = answer.isPresent() ? " is obeyed and cannot be answered yet: " : " cannot be obeyed yet: ";
            int failed = before.failed() + 1;
            long again = nanoTime.getAsLong() + PAUSE.after(failed).toNanos();
            Waiting now = new Waiting(answer, failed, again, file + what + e.getMessage());
            waiting.put(file, now);
            if (failed == 1) { // once, and not each time
                LOG.log(Level.ERROR, now.why(), e);
            }
        }
    }

    /** Why something that is asked cannot be done now; empty if nothing is. */
    String trouble() {
        return trouble;
    }

    // Gives the answer; none where there is nothing to be obeyed.
    private Optional<Answer> obey(Path file) throws IOException {
        String request;
        try {
            request = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of(new NotDone("cannot obey what is no text in UTF-8"));
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
    static Optional<Answer> answer(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file);
        Files.delete(file);
        return Optional.of(
                text.startsWith(DONE) ? new Done(text.substring(DONE.length())) : new NotDone(withoutWord(text)));
    }

    private static String text(Answer answer) {
        return switch (answer) {
            case Done done -> DONE + done.sentence();
            case NotDone not -> NOT_DONE + not.sentence();
        };
    }

    private static String withoutWord(String text) {
        return text.startsWith(NOT_DONE) ? text.substring(NOT_DONE.length()) : text;
    }
}
