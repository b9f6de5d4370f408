package dev.ludo.client;

import dev.ludo.client.resilience.CircuitBreaker;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** What the client writes to the log: a line a call at DEBUG, a line a retry at WARNING. Never a header, a query or a body. */
final class CallLog {
    private static final System.Logger LOGGER = System.getLogger(LudoClient.class.getName());

    private CallLog() {}

    static boolean logsCalls() {
        return LOGGER.isLoggable(Level.DEBUG);
    }

    static void ended(ApiRequest request, int attempts, CallListener.Outcome outcome, Duration took) {
        if (logsCalls()) {
            LOGGER.log(
                    Level.DEBUG,
                    "call method=" + request.method() + " path=" + request.path() + ' ' + words(outcome) + " attempts="
                            + attempts + " ms=" + took.toMillis() + requestId(request));
        }
    }

    static void retry(ApiRequest request, int attempt, CallListener.Outcome outcome, Duration wait) {
        if (LOGGER.isLoggable(Level.WARNING)) {
            LOGGER.log(
                    Level.WARNING,
                    "retry method=" + request.method() + " path=" + request.path() + ' ' + words(outcome) + " attempt="
                            + attempt + " waitMs=" + wait.toMillis() + requestId(request));
        }
    }

    static void circuitChanged(String host, CircuitBreaker.State from, CircuitBreaker.State to) {
        LOGGER.log(Level.WARNING, "circuit host=" + host + " from=" + from + " to=" + to);
    }

    private static String words(CallListener.Outcome outcome) {
        return switch (outcome) {
            case CallListener.Outcome.Answered answered -> "status=" + answered.status();
            case CallListener.Outcome.Failed failed ->
                "error=" + failed.error().getClass().getSimpleName();
        };
    }

    private static String requestId(ApiRequest request) {
        return request.header("X-Request-Id").map(id -> " requestId=" + id).orElse("");
    }
}
