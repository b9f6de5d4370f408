package dev.ludo.server.api;

import dev.ludo.server.guard.WhoActs.Demand;

/**
 * A route of the proxy.
 *
 * @param method the HTTP method; a GET is served to HEAD too
 * @param template the path, such as {@code /rooms/{code}}
 * @param demand who must be named in the call
 * @param access who may call it, and how often
 * @param endpoint what serves it
 */
record Route(String method, String template, Demand demand, Access access, Endpoint endpoint) {
    /** Who may call a route, and how often. */
    enum Access {
        /** Whoever the proxy wants as callers, within their limits. */
        GUARDED,
        /** Everybody, within their limits. */
        OPEN,
        /** Whoever the proxy wants as callers, always. */
        UNCOUNTED,
        /** Everybody, as often as they like, while there is a place: what serves it tells by a signature who it is. */
        SIGNED,
        /** Everybody, always: it tells how the proxy is. */
        ALWAYS
    }
}
