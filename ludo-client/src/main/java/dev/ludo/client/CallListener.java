package dev.ludo.client;

import dev.ludo.client.resilience.CircuitBreaker;
import java.time.Duration;

/**
 * Is told what a {@link LudoClient} does, for metrics, traces and tests. Every method does nothing unless it is overridden.
 *
 * <p>The methods are called by the threads that make the calls, so they must be quick and may not block. For one call they come in
 * this order: {@link #onCallStarted}, then for each attempt {@link #onWait} if it had to wait, {@link #onAttempt} and, if there is
 * another, {@link #onRetry}; last {@link #onCallEnded}, always and once. What a listener throws is logged and otherwise ignored.
 * Nothing that is told contains a key, a token or a body.
 */
public interface CallListener {
    /**
     * A call.
     *
     * @param method the HTTP method
     * @param route the path with names in place of values, such as {@code /rooms/{code}}; a small number of different texts
     * @param path the path itself, without query
     * @param host where it goes
     */
    record Call(String method, String route, String path, String host) {}

    /** How a call or an attempt ended. */
    sealed interface Outcome {
        /**
         * With an answer.
         *
         * @param status its HTTP status
         */
        record Answered(int status) implements Outcome {}

        /**
         * Without one.
         *
         * @param error why
         */
        record Failed(Exception error) implements Outcome {}
    }

    /** What a call waited for. */
    enum Wait {
        /** Its turn: as many calls as allowed were under way. */
        BULKHEAD,
        /** The API's rate limit to be renewed. */
        RATE_LIMIT
    }

    /**
     * A call begins.
     *
     * @param call which
     */
    default void onCallStarted(Call call) {}

    /**
     * A call has waited before an attempt.
     *
     * @param call which
     * @param what for what
     * @param waited how long
     */
    default void onWait(Call call, Wait what, Duration waited) {}

    /**
     * An attempt has ended.
     *
     * @param call which call's
     * @param attempt which, from 1
     * @param outcome how
     * @param took how long it took, from asking for a connection to the end of the answer
     */
    default void onAttempt(Call call, int attempt, Outcome outcome, Duration took) {}

    /**
     * A call will be tried again.
     *
     * @param call which
     * @param attempt the attempt that failed, from 1
     * @param outcome how
     * @param wait how long it waits now
     */
    default void onRetry(Call call, int attempt, Outcome outcome, Duration wait) {}

    /**
     * A call has ended.
     *
     * @param call which
     * @param attempts how often it was sent
     * @param outcome how it ended
     * @param took how long it took, all in all
     */
    default void onCallEnded(Call call, int attempts, Outcome outcome, Duration took) {}

    /**
     * The circuit breaker of a host has changed.
     *
     * @param host which host's
     * @param from what it was
     * @param to what it is
     */
    default void onCircuitChanged(String host, CircuitBreaker.State from, CircuitBreaker.State to) {}
}
