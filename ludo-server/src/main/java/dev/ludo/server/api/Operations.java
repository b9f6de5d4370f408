package dev.ludo.server.api;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.json.Envelope;
import dev.ludo.server.api.Route.Access;
import dev.ludo.server.guard.WhoActs.Demand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What operators ask of the proxy.
 *
 * @param failing the checks because of which it should not be sent calls, with why
 * @param metrics what is counted
 * @param details how the parts of the proxy are, told on that port alone
 * @param apart whether metrics are told on a port of their own alone
 */
public record Operations(
        Supplier<List<FieldError>> failing,
        Supplier<Reply> metrics,
        Supplier<Map<String, Object>> details,
        boolean apart) {
    private static final Reply ALIVE = Reply.json(200, Envelope.success(Map.of("status", "ok")));

    /** The routes that callers may ask too. */
    List<Route> open() {
        List<Route> routes = new ArrayList<>(health());
        if (!apart) {
            routes.add(new Route("GET", "/metrics", Demand.NONE, Access.UNCOUNTED, exchange -> metrics.get()));
        }
        return routes;
    }

    /** The routes of the port that is for operators alone, on which nobody is asked who they are. */
    List<Route> inside() {
        List<Route> routes = new ArrayList<>(health());
        routes.add(new Route("GET", "/metrics", Demand.NONE, Access.ALWAYS, exchange -> metrics.get()));
        routes.add(new Route(
                "GET",
                "/health/details",
                Demand.NONE,
                Access.ALWAYS,
                exchange -> Reply.json(200, Envelope.success(details.get()))));
        return routes;
    }

    private List<Route> health() {
        return List.of(
                new Route("GET", "/health", Demand.NONE, Access.ALWAYS, exchange -> ALIVE),
                new Route("GET", "/health/live", Demand.NONE, Access.ALWAYS, exchange -> ALIVE),
                new Route("GET", "/health/ready", Demand.NONE, Access.ALWAYS, this::ready));
    }

    private Reply ready(Exchange exchange) {
        List<FieldError> why = failing.get();
        return why.isEmpty()
                ? ALIVE
                : Failures.reply(
                        ErrorCode.UNAVAILABLE,
                        "The proxy should not be sent calls.",
                        why,
                        exchange.requestId(),
                        Map.of());
    }
}
