package dev.ludo.server.api;

import dev.ludo.server.guard.WhoActs.Demand;

/**
 * A route of the proxy.
 *
 * @param method the HTTP method; a GET is served to HEAD too
 * @param template the path, such as {@code /rooms/{code}}
 * @param demand who must be named in the call
 * @param open whether everybody may call it, also when the proxy wants a token of its own
 * @param endpoint what serves it
 */
record Route(String method, String template, Demand demand, boolean open, Endpoint endpoint) {}
