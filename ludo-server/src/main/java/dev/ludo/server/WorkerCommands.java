package dev.ludo.server;

import dev.ludo.core.model.PlayerId;
import dev.ludo.server.worker.DeadLetter;
import dev.ludo.server.worker.WorkerConfig;
import dev.ludo.server.worker.WorkerDesk;
import dev.ludo.server.worker.WorkerDesk.Answer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a worker is asked on the command line, but for working. */
final class WorkerCommands {
    // What tells a proxy's folder from one that a mistyped name leads to, in which a worker may have been started.
    private static final String USED = "{inbox.lock,inbox-*.journal,archive-*.lines,subscription.json}";

    /** What can be asked, a line each. */
    static final String USAGE = """
            usage: worker [--port 8082]        works on the webhooks that the proxy accepted
                   worker dead-letters         lists what was given up: id, target, time, attempts and reason
                   worker replay <id>          has a dead letter delivered again
                   worker forget-player <id>   takes a player out of what was accepted before
                   worker unsubscribe          has the API deliver no longer
            """;

    private interface Question {
        Answer ask() throws IOException, InterruptedException;
    }

    private WorkerCommands() {}

    /**
     * Does what is asked.
     *
     * @return what is to be printed
     * @throws BadSettingException if it is nothing that can be asked, or cannot be done with these settings
     * @throws NotDoneException if the worker does not do it
     */
    static List<String> run(List<String> words, ServerSettings settings) {
        return switch (words.getFirst()) {
            case "dead-letters" -> {
                only(words, 1, "dead-letters takes no argument");
                yield deadLetters(desk(settings));
            }
            case "replay" -> {
                only(words, 2, "replay needs the id of a dead letter, and no more; \"worker dead-letters\" lists them");
                yield answer(() -> desk(settings).replay(words.get(1)));
            }
            case "forget-player" -> {
                only(words, 2, "forget-player needs the id of a player, such as plr_1a2b3c4d, and no more");
                PlayerId player = player(words.get(1));
                yield answer(() -> desk(settings).forgetPlayer(player.value()));
            }
            case "unsubscribe" -> {
                only(words, 1, "unsubscribe takes no argument");
                yield List.of(Unsubscribing.run(settings.serve(Optional.empty()), used(settings.worker())));
            }
            default ->
                throw new BadSettingException("worker takes dead-letters, replay <id>, forget-player <id>, unsubscribe"
                        + " or --port with a number, was \"" + String.join(" ", words) + '"');
        };
    }

    private static WorkerDesk desk(ServerSettings settings) {
        WorkerConfig config = settings.worker();
        used(config);
        return new WorkerDesk(config, Thread::sleep);
    }

    // To say that something was done in a folder where nothing ever was would hide that it is the wrong one.
    private static Path used(WorkerConfig config) {
        Path folder = config.folder();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, USED)) {
            if (files.iterator().hasNext()) {
                return folder;
            }
        } catch (NotDirectoryException | NoSuchFileException e) {
            // said below, like a folder of something else
        } catch (IOException e) {
            throw unusable(e);
        }
        throw new BadSettingException(
                "LUDO_DATA_DIR names " + folder.toAbsolutePath().normalize()
                        + ", where no proxy has kept anything; let it name the proxy's folder, as an absolute path or as seen from"
                        + " the folder in which you start this");
    }

    private static void only(List<String> words, int count, String sentence) {
        if (words.size() != count) {
            throw new BadSettingException("worker " + sentence);
        }
    }

    private static PlayerId player(String id) {
        try {
            return PlayerId.of(id);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> deadLetters(WorkerDesk desk) {
        List<String> lines = new ArrayList<>();
        try {
            desk.deadLetters(letter -> lines.add(line(letter)));
        } catch (IOException e) {
            throw unusable(e);
        }
        return lines;
    }

    private static String line(DeadLetter letter) {
        return String.join(
                "\t",
                letter.id(),
                letter.target(),
                letter.diedAt().toString(),
                Integer.toString(letter.attempts()),
                letter.reason());
    }

    private static List<String> answer(Question question) {
        try {
            return switch (question.ask()) {
                case Answer.Done done -> List.of(done.sentence());
                case Answer.NotDone not -> throw new NotDoneException(not.sentence());
            };
        } catch (IOException e) {
            throw unusable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDoneException("interrupted; the worker will do it nevertheless");
        }
    }

    private static BadSettingException unusable(IOException e) {
        return new BadSettingException("LUDO_DATA_DIR names a folder that cannot be used: " + e.getMessage());
    }
}
