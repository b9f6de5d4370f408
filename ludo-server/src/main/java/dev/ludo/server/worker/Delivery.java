package dev.ludo.server.worker;

import dev.ludo.server.worker.Attempts.Again;
import dev.ludo.server.worker.Attempts.End;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event that a target is to have. Each run is an attempt, for which the event is read from the disk, so that while it waits
 * nothing of it is held but where it stands. One thread at a time.
 */
abstract class Delivery implements Lanes.Work {
    // What has ended must be written down before the lane goes on, however long the disk takes.
    private static final Duration DISK_AGAIN = Duration.ofSeconds(1);

    private final Attempts attempts;
    private final Share share;
    private final int bytes;
    private Failures failures;
    private @Nullable End end;

    Delivery(Attempts attempts, Share share, int bytes, Failures failures) {
        this.attempts = attempts;
        this.share = share;
        this.bytes = bytes;
        this.failures = failures;
    }

    /** Reads it; empty if there is nothing more to do. */
    abstract Optional<Letter> read() throws IOException;

    /** Notes how often it has failed; it is tried again. */
    abstract void failed();

    /** Writes down how it ended. */
    abstract void ended(Letter letter, End end) throws IOException;

    /** Tells that the disk does not let it go on. */
    abstract void stuck(IOException why);

    /** How often it has failed by now. */
    Failures failures() {
        return failures;
    }

    @Override
    public Optional<Duration> run() throws InterruptedException {
        share.takeBody(bytes);
        try {
            Optional<Letter> letter = read();
            return letter.isPresent() ? goOn(letter.get()) : Optional.empty();
        } catch (IOException e) {
            stuck(e);
            return Optional.of(DISK_AGAIN);
        } finally {
            share.giveBody(bytes);
        }
    }

    private Optional<Duration> goOn(Letter letter) throws IOException, InterruptedException {
        if (end == null) {
            switch (attempts.attempt(letter, failures)) {
                case Again again -> {
                    failures = again.failures();
                    failed();
                    return Optional.of(again.pause());
                }
                case End now -> end = now;
            }
        }
        ended(letter, end);
        return Optional.empty();
    }
}
