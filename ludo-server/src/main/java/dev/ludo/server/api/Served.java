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
 */
public record Served(String requestId, String method, String route, int status, Duration took) {}
