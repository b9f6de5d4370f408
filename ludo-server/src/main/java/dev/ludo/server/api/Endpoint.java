package dev.ludo.server.api;

/** Serves the requests of one route: gives the answer, or throws what {@link Failures} turns into one. */
@FunctionalInterface
interface Endpoint {
    Reply serve(Exchange exchange);
}
