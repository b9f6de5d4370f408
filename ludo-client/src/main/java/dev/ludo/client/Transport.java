package dev.ludo.client;

import dev.ludo.client.http.HttpCaller;
import dev.ludo.client.resilience.Deadline;
import java.io.IOException;

/** One attempt at a call. The call path knows no more of the network. */
@FunctionalInterface
interface Transport {
    /**
     * Sends a request and reads the whole answer.
     *
     * @throws IOException if there is none; {@link java.io.InterruptedIOException} if the thread was interrupted
     */
    HttpCaller.Answer send(ApiRequest request, Deadline deadline) throws IOException;
}
