package dev.ludo.server.api;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.server.guard.Caller;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.guard.RequestIds;
import dev.ludo.server.guard.WhoActs;
import dev.ludo.server.guard.WhoActs.Demand;
import dev.ludo.server.guard.WhoActs.Tokens;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Through which every request comes in and every answer goes out: names the request, asks who calls and who acts, serves it,
 * and turns whatever goes wrong into an answer.
 */
final class FrontDoor {
    private static final HeaderName NOSNIFF = HeaderNames.create("X-Content-Type-Options");

    private final CallerAuth callers;
    private final WhoActs whoActs;
    private final Consumer<Served> log;
    private final LongSupplier nanoTime;

    FrontDoor(CallerAuth callers, WhoActs whoActs, Consumer<Served> log, LongSupplier nanoTime) {
        this.callers = callers;
        this.whoActs = whoActs;
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** The routes as the web server wants them; a wrong method is told the right ones, and a HEAD is a GET without body. */
    HttpRouting.Builder routing(List<Route> routes) {
        HttpRouting.Builder routing = HttpRouting.builder();
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (Route route : routes) {
            Set<String> allowed = methods.computeIfAbsent(route.template(), template -> new TreeSet<>());
            allowed.add(route.method());
            if (route.method().equals("GET")) {
                allowed.add("HEAD");
                routing.route(Method.HEAD, PathMatchers.create(route.template()), handler(route));
            }
            routing.route(Method.create(route.method()), PathMatchers.create(route.template()), handler(route));
        }
        methods.forEach((template, allowed) -> routing.any(template, handler(refusing(template, allowed))));
        return routing.any(handler(new Route("*", "-", Demand.NONE, true, exchange -> {
            throw Refusal.of(ErrorCode.NOT_FOUND, "There is no such route.");
        })));
    }

    private static Route refusing(String template, Set<String> allowed) {
        String allow = String.join(", ", allowed);
        return new Route("*", template, Demand.NONE, true, exchange -> {
            throw Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "This route takes " + allow + " only.")
                    .with("Allow", allow);
        });
    }

    private Handler handler(Route route) {
        return (request, response) -> {
            long start = nanoTime.getAsLong();
            String requestId = RequestIds.of(request.headers());
            Reply reply = serve(route, request, requestId);
            try {
                send(request, response, reply, requestId);
            } finally {
                log.accept(new Served(
                        requestId,
                        request.prologue().method().text(),
                        route.template(),
                        reply.status(),
                        Duration.ofNanos(nanoTime.getAsLong() - start)));
            }
            // Helidon answers "Connection: close" but leaves the connection open.
            if (reply.status() == 413 || request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
                throw new CloseConnectionException("the answer was the last on this connection");
            }
        };
    }

    private Reply serve(Route route, ServerRequest request, String requestId) {
        try {
            Caller caller = callers.identify(request, route.open());
            Tokens tokens = whoActs.check(request.headers(), caller, route.demand());
            return route.endpoint().serve(new Exchange(request, route.template(), requestId, caller, tokens));
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            return Failures.reply(e, requestId);
        }
    }

    private static void send(ServerRequest request, ServerResponse response, Reply reply, String requestId) {
        response.status(Status.create(reply.status()))
                .header(HeaderNames.CONTENT_TYPE, reply.contentType())
                .header(RequestIds.HEADER, requestId)
                .header(NOSNIFF, "nosniff");
        reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (reply.status() == 413) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (request.prologue().method().equals(Method.HEAD)) {
            response.headers().contentLength(reply.body().length);
            response.send(new byte[0]);
        } else {
            response.send(reply.body());
        }
    }
}
