package dev.ludo.server;

import dev.ludo.client.resilience.CircuitBreaker;
import dev.ludo.server.ops.SocketMetrics;
import dev.ludo.server.ops.WatchMetrics;

/** The metrics that are read off the parts when somebody asks. */
final class Gauges {
    private Gauges() {}

    static void show(Parts parts) {
        SocketMetrics.showOpen(parts.metrics, parts.sessions::open);
        WatchMetrics.showWatchers(parts.metrics, parts.hubs::watchers);
        parts.metrics
                .gauge(
                        "ludo_upstream_circuit",
                        "0 closed, 1 half open, 2 open.",
                        () -> number(parts.client.circuitState()))
                .gauge(
                        "ludo_upstream_connections_open",
                        "Connections to the API.",
                        () -> parts.client.poolState().open())
                .gauge(
                        "ludo_upstream_connections_idle",
                        "Of them, those nobody uses.",
                        () -> parts.client.poolState().idle())
                .gauge(
                        "ludo_upstream_calls",
                        "Calls to the API that are under way.",
                        () -> parts.client.poolState().calls())
                .gauge(
                        "ludo_upstream_waiting",
                        "Calls that wait for their turn.",
                        () -> parts.client.poolState().waiting())
                .gauge(
                        "ludo_limiter_clients",
                        "Clients that are remembered for the calls that they made.",
                        parts.guards.limits()::clients)
                .gauge(
                        "ludo_limiter_seekers",
                        "Clients that are remembered for having asked for rooms that do not exist.",
                        parts.guards.limits()::seekers)
                .gauge(
                        "ludo_socket_queue_high_water",
                        "The most messages that have waited at once for a client whose socket is open.",
                        parts.sessions::queueHighWater)
                .gauge(
                        "ludo_hubs",
                        "Rooms that are heard over one connection to the API each, for all who watch them.",
                        parts.hubs::open)
                .gauge("ludo_connections_open", "Connections that are open, sockets too.", parts.connections::open)
                .gauge("ludo_calls_in_flight", "Calls that are being served.", parts.guards::inFlight);
    }

    private static int number(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}
