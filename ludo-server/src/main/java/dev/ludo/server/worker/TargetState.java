package dev.ludo.server.worker;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How it goes with passing events on to a target.
 *
 * @param name what it is called in logs and metrics: its host and a few digits
 * @param depth how many deliveries were read from the inbox and are neither taken nor given up
 * @param behindBytes how many bytes of the inbox are not read yet
 * @param pauses whether nothing more is read for it, since so many are open
 * @param oldest when the oldest delivery that is open was accepted; empty if none is
 * @param attempts how many attempts there were since the start, by how they ended: {@code taken}, an HTTP status, or a word
 */
public record TargetState(
        String name,
        int depth,
        long behindBytes,
        boolean pauses,
        Optional<Instant> oldest,
        Map<String, Long> attempts) {}
