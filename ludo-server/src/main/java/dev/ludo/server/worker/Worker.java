package dev.ludo.server.worker;

import dev.ludo.server.throttle.Trouble;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does something with the webhooks that were accepted: keeps finished games, and passes events on. It reads the inbox in order,
 * acts, and then writes down how far it is, so that nothing is missed however it ends; what it passes on has the id of the
 * delivery, by which a target knows what it has had already.
 *
 * <p>One process at a time works in a folder. Another waits, and takes over when that one ends. Thread-safe.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Worker.class.getName());

    // How often one that waits looks whether it may work.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final WorkerConfig config;
    private final Pace pace;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread standby =
            Thread.ofPlatform().name("ludo-worker-standby").daemon().unstarted(this::standBy);
    private volatile Optional<Working> working;
    private final Trouble trouble = new Trouble();

    private Worker(WorkerConfig config, Pace pace) throws IOException {
        this.config = config;
        this.pace = pace;
        this.working = Working.startIfNone(config, pace);
    }

    /**
     * Starts a worker.
     *
     * @param config what it is told
     * @return the worker, which works, or waits until another in the folder ends
     * @throws IOException if the folder cannot be used; the message says why
     */
    public static Worker start(WorkerConfig config) throws IOException {
        return start(config, Pace.real(Clock.systemUTC()));
    }

    static Worker start(WorkerConfig config, Pace pace) throws IOException {
        Worker worker = new Worker(config, pace);
        if (!worker.isWorking()) {
            LOG.log(Level.INFO, "another worker works in {0}; this one waits until it ends", config.folder());
            worker.standby.start();
        }
        return worker;
    }

    private void standBy() {
        try {
            while (working.isEmpty() && !end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                takeOver();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does but the end of the process
        }
    }

    private void takeOver() {
        try {
            working = Working.startIfNone(config, pace);
            trouble.end();
            if (isWorking()) {
                LOG.log(Level.INFO, "this worker has taken over in {0}", config.folder());
            }
        } catch (Throwable e) { // also an Error: nobody else would try again
            if (trouble.begin(e)) { // once, and not each second
                LOG.log(Level.ERROR, "the worker cannot begin in " + config.folder(), e);
            }
        }
    }

    /**
     * Whether it works.
     *
     * @return false while it waits for another to end
     */
    public boolean isWorking() {
        return working.isPresent();
    }

    /**
     * What is passed on to.
     *
     * @return how each target is, in the order of the configuration; empty while another works
     */
    public List<TargetState> targets() {
        return working.map(Working::targets).orElse(List.of());
    }

    /**
     * How many deliveries were given up, and are kept until they are replayed.
     *
     * @return how many; 0 while another works
     */
    public int deadLetters() {
        return working.map(Working::deadLetters).orElse(0);
    }

    /**
     * Whether it can do what it is to.
     *
     * @return why it cannot read the inbox or write its own files now; empty if it can, or waits
     */
    public String trouble() {
        return working.map(Working::trouble).orElseGet(trouble::reason);
    }

    /**
     * The first segment of the inbox that a worker of a folder needs; those before it may be deleted when they are old.
     *
     * @param folder the data folder
     * @return its number; {@link Long#MAX_VALUE} if no worker has ever worked there
     * @throws java.io.UncheckedIOException if it cannot be told
     */
    public static long firstUnread(Path folder) {
        return Unread.first(folder);
    }

    /** Breaks off what is being passed on, which the next worker does again, and lets another work. */
    @Override
    public void close() {
        end.countDown();
        try {
            standby.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        working.ifPresent(Working::close);
    }
}
