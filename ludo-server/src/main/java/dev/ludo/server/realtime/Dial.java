package dev.ludo.server.realtime;

import dev.ludo.client.frame.Line;
import java.time.Duration;

/** Makes connections to the API. Thread-safe. */
@FunctionalInterface
public interface Dial {
    /**
     * Connects.
     *
     * @param within how long it may take
     * @return the connection
     * @throws dev.ludo.core.error.CallException if that fails, or the thread is interrupted
     */
    Line connect(Duration within);
}
