package dev.ludo.server.worker;

import dev.ludo.core.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a worker is told.
 *
 * @param folder the data folder, which it shares with the process that accepts webhooks
 * @param archiveKept for how long finished games are kept, at least a day
 * @param forwardUrls where events are passed on to; each gets all of them
 * @param forwardSecret signs what is passed on: {@code whsec_} and base64; needed where there is a URL
 */
public record WorkerConfig(Path folder, Duration archiveKept, List<URI> forwardUrls, Optional<Secret> forwardSecret) {
    /** Checks and copies. */
    public WorkerConfig {
        forwardUrls = List.copyOf(forwardUrls);
        if (archiveKept.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("archiveKept must be at least a day, was " + archiveKept);
        }
        if (!forwardUrls.isEmpty() && forwardSecret.isEmpty()) {
            throw new IllegalArgumentException("forwardSecret is needed to pass events on");
        }
    }
}
