package dev.ludo.server.api;

import java.time.Duration;

/**
 * A request that has been answered.
 *
 * @param requestId its name
 * @param method its HTTP method
 * @param route the template of its route, which has no values in it, or {@code -} if there is no such route
 * @param status the answer's HTTP status
 * @param took from the request's head to the answer
 * @param upstream how much of that was waiting for the API
 * @param cache what the cache did: {@code hit}, {@code miss}, {@code wait}, {@code stale} or {@code bypass}, or {@code -} if it was not asked
 */
public record Served(
        String requestId, String method, String route, int status, Duration took, Duration upstream, String cache) {}
