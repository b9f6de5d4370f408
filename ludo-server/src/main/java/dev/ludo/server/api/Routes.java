package dev.ludo.server.api;

import io.helidon.webserver.http.HttpRouting;
import java.util.List;

/** What one port serves. Immutable. */
public final class Routes {
    private final FrontDoor door;
    private final List<Route> all;

    Routes(FrontDoor door, List<Route> all) {
        this.door = door;
        this.all = List.copyOf(all);
    }

    /**
     * Each route by its method and template, such as {@code GET /rooms/{code}}. HEAD and OPTIONS, which every route serves
     * beside, are not named.
     *
     * @return the names, in the order in which the routes are tried
     */
    public List<String> names() {
        return all.stream()
                .map(route -> route.method() + ' ' + route.template())
                .toList();
    }

    /**
     * The routes as the web server wants them.
     *
     * @return a new routing
     */
    public HttpRouting.Builder routing() {
        return door.routing(all);
    }
}
