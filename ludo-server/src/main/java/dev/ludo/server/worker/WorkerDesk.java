package dev.ludo.server.worker;

import dev.ludo.client.resilience.Sleeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Where operators ask a worker for something: of the one that runs, or where none does, of one that is started for it. */
public final class WorkerDesk {
    // A worker first archives all that was accepted before it obeys.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final WorkerConfig config;
    private final Sleeper sleeper;

    /** What became of a request. */
    public sealed interface Answer {
        /**
         * What the worker did, or why it did nothing.
         *
         * @return in a sentence
         */
        String sentence();

        /**
         * It is done.
         *
         * @param sentence what was done
         */
        record Done(String sentence) implements Answer {}

        /**
         * It is not done.
         *
         * @param sentence why not, and whether it will be
         */
        record NotDone(String sentence) implements Answer {}
    }

    /**
     * A desk.
     *
     * @param config what the worker is told, or would be
     * @param sleeper lets the time pass in which an answer is waited for
     */
    public WorkerDesk(WorkerConfig config, Sleeper sleeper) {
        this.config = config;
        this.sleeper = sleeper;
    }

    /**
     * Shows the dead letters there are.
     *
     * @param to takes each, the oldest first
     * @throws IOException if they cannot be read
     */
    public void deadLetters(Consumer<DeadLetter> to) throws IOException {
        DeadLetters.show(config.folder(), to);
    }

    /**
     * Has a dead letter delivered again, to each target that did not take it.
     *
     * @param id its {@code webhook-id}
     * @return what became of it; where no answer came the next worker obeys
     * @throws IOException if the folder cannot be used
     * @throws InterruptedException if the thread is interrupted
     */
    public Answer replay(String id) throws IOException, InterruptedException {
        return ask("replay " + id);
    }

    /**
     * Has a player taken out of the archive and of the dead letters, and in time out of the inbox.
     *
     * @param playerId which
     * @return what became of it; where no answer came the next worker obeys
     * @throws IOException if the folder cannot be used
     * @throws InterruptedException if the thread is interrupted
     */
    public Answer forgetPlayer(String playerId) throws IOException, InterruptedException {
        return ask("forget-player " + playerId);
    }

    private Answer ask(String request) throws IOException, InterruptedException {
        Path answer = Requests.leave(config.folder(), request);
        Optional<Working> own = Working.startForAMoment(config, Pace.real(Clock.systemUTC()));
        try {
            Duration waited = Duration.ZERO;
            while (waited.compareTo(PATIENCE) < 0) {
                Optional<Answer> said = Requests.answer(answer);
                if (said.isPresent()) {
                    return said.get();
                }
                sleeper.sleep(Pace.POLL);
                waited = waited.plus(Pace.POLL);
            }
            return new Answer.NotDone(
                    "the worker does not answer; it will do it when it has caught up, or starts again");
        } finally {
            own.ifPresent(Working::close);
        }
    }
}
