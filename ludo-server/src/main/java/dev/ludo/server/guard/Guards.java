package dev.ludo.server.guard;

import java.util.concurrent.Semaphore;

/**
 * What a call has to pass before it is served.
 *
 * @param callers tells who calls
 * @param whoActs tells who acts
 * @param limits holds clients to their limits
 * @param cors tells browsers whose pages may call
 * @param places a permit for each call that may be served at the same time
 */
public record Guards(CallerAuth callers, WhoActs whoActs, RateLimits limits, Cors cors, Semaphore places) {}
