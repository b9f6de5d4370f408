package dev.ludo.server.api;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.server.api.Route.Access;
import dev.ludo.server.guard.Caller;
import dev.ludo.server.guard.Cors;
import dev.ludo.server.guard.Guards;
import dev.ludo.server.guard.RateLimiter.Verdict;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.guard.RequestIds;
import dev.ludo.server.guard.WhoActs.Demand;
import dev.ludo.server.guard.WhoActs.Tokens;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Through which every request comes in and every answer goes out: names the request, asks who calls and who acts, serves it,
 * and turns whatever goes wrong into an answer.
 */
final class FrontDoor {
    private static final Header VARY_ORIGIN = HeaderValues.createCached(HeaderNames.VARY, "Origin");

    private static final HeaderName LIMIT = HeaderNames.create("X-RateLimit-Limit");
    private static final HeaderName REMAINING = HeaderNames.create("X-RateLimit-Remaining");
    private static final HeaderName RESET = HeaderNames.create("X-RateLimit-Reset");

    private final Guards guards;
    private final Consumer<Served> log;
    private final LongSupplier nanoTime;
    private final BooleanSupplier draining;

    FrontDoor(Guards guards, Consumer<Served> log, LongSupplier nanoTime, BooleanSupplier draining) {
        this.guards = guards;
        this.log = log;
        this.nanoTime = nanoTime;
        this.draining = draining;
    }

    /** The routes as the web server wants them; a wrong method is told the right ones, and a HEAD is a GET without body. */
    HttpRouting.Builder routing(List<Route> all) {
        RouteTable routes = new RouteTable();
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        Map<String, Access> access = new HashMap<>();
        for (Route route : all) {
            Set<String> allowed = methods.computeIfAbsent(route.template(), template -> new TreeSet<>());
            allowed.add(route.method());
            access.put(route.template(), route.access());
            if (route.method().equals("GET")) {
                allowed.add("HEAD");
                routes.add(new Route("HEAD", route.template(), route.demand(), route.access(), route.endpoint()));
            }
            routes.add(route);
        }
        methods.forEach((template, allowed) -> {
            String allow = String.join(", ", allowed);
            routes.add(options(template, allow));
            routes.add(refusing(template, allow, access.getOrDefault(template, Access.GUARDED)));
        });
        // Who may call nothing is not told what there is; on a port where everybody may, everybody is.
        Access elsewhere = access.containsValue(Access.GUARDED) ? Access.GUARDED : Access.ALWAYS;
        RouteTable.Found nothing = new RouteTable.Found(
                new Route(RouteTable.ANY, "-", Demand.NONE, elsewhere, exchange -> {
                    throw Refusal.of(ErrorCode.NOT_FOUND, "There is no such route.");
                }),
                Map.of());
        // The web server's own routing tries one pattern after the other, and makes a parameter at the price of ten.
        return HttpRouting.builder().any((request, response) -> {
            String method = request.prologue().method().text();
            handle(routes.find(method, request.path().path()).orElse(nothing), request, response);
        });
    }

    private static Route refusing(String template, String allow, Access access) {
        return new Route(RouteTable.ANY, template, Demand.NONE, access, exchange -> {
            throw Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "This route takes " + allow + " only.")
                    .with("Allow", allow);
        });
    }

    private Route options(String template, String allow) {
        return new Route("OPTIONS", template, Demand.NONE, Access.ALWAYS, exchange -> {
            Reply reply = Reply.empty(204).with(HeaderNames.ALLOW, allow);
            return Cors.isPreflight(exchange.headers())
                    ? reply.with(guards.cors().preflight(exchange.headers(), allow))
                    : reply;
        });
    }

    private void handle(RouteTable.Found found, ServerRequest request, ServerResponse response) {
        long start = nanoTime.getAsLong();
        Trail trail = new Trail();
        String requestId = RequestIds.of(request.headers());
        Reply answer = serve(found, request, requestId, trail);
        // Helidon answers "Connection: close" but leaves the connection open.
        Reply reply = draining.getAsBoolean() || asksToClose(request) ? answer.asLast() : answer;
        if (reply.stream().isPresent()) {
            // What is of interest is how long it took to begin, as with a socket.
            try (RoomStreams.Stream stream = reply.stream().get()) {
                log.accept(served(found, request, requestId, reply, start, trail));
                head(request, response, reply, requestId);
                stream.writeTo(response.outputStream());
            }
        } else {
            try {
                send(request, response, reply, requestId);
            } finally {
                log.accept(served(found, request, requestId, reply, start, trail));
            }
        }
        if (reply.isLast()) {
            throw new CloseConnectionException("the answer was the last on this connection");
        }
    }

    private Served served(
            RouteTable.Found found, ServerRequest request, String requestId, Reply reply, long start, Trail trail) {
        return new Served(
                requestId,
                request.prologue().method().text(),
                found.route().template(),
                reply.status(),
                Duration.ofNanos(nanoTime.getAsLong() - start),
                Duration.ofNanos(trail.upstreamNanos()),
                trail.cache());
    }

    private static boolean asksToClose(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.CONNECTION)) {
            return false;
        }
        return request.headers().all(HeaderNames.CONNECTION, List::of).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(word -> word.strip().equalsIgnoreCase("close"));
    }

    private Reply serve(RouteTable.Found found, ServerRequest request, String requestId, Trail trail) {
        Access access = found.route().access();
        if (access == Access.ALWAYS || access == Access.SIGNED) {
            Caller caller = guards.callers()
                    .stranger(request.headers(), request.remotePeer().address());
            return access == Access.ALWAYS
                    ? endpoint(found, request, requestId, caller, trail)
                    : inPlace(found, request, requestId, caller, trail);
        }
        Caller caller;
        Optional<Refusal> refusal = Optional.empty();
        try {
            caller = guards.callers().identify(request, access == Access.OPEN);
        } catch (Refusal e) {
            // Whoever tries tokens is counted by where the calls come from.
            caller = guards.callers()
                    .stranger(request.headers(), request.remotePeer().address());
            refusal = Optional.of(e);
        }
        if (access == Access.UNCOUNTED && refusal.isEmpty()) {
            return endpoint(found, request, requestId, caller, trail);
        }
        Optional<Verdict> verdict = guards.limits().call(caller);
        Reply reply = verdict.isPresent() && !verdict.get().allowed()
                ? Failures.reply(RateLimits.tooMany(verdict.get()), requestId)
                : refusal.isPresent()
                        ? Failures.reply(refusal.get(), requestId)
                        : inPlace(found, request, requestId, caller, trail);
        return verdict.map(known -> reply.with(headers(known))).orElse(reply);
    }

    private static List<Header> headers(Verdict verdict) {
        return List.of(
                HeaderValues.create(LIMIT, verdict.limit()),
                HeaderValues.create(REMAINING, verdict.remaining()),
                HeaderValues.create(RESET, verdict.resetAt()));
    }

    private Reply inPlace(RouteTable.Found found, ServerRequest request, String requestId, Caller caller, Trail trail) {
        if (!guards.places().take()) {
            return Failures.reply(
                    Refusal.of(ErrorCode.UNAVAILABLE, "The proxy has too much to do.")
                            .with("Retry-After", "1"),
                    requestId);
        }
        try {
            return endpoint(found, request, requestId, caller, trail);
        } finally {
            guards.places().giveBack();
        }
    }

    private Reply endpoint(
            RouteTable.Found found, ServerRequest request, String requestId, Caller caller, Trail trail) {
        try {
            Tokens tokens = guards.whoActs()
                    .check(request.headers(), caller, found.route().demand());
            return found.route().endpoint().serve(new Exchange(request, found, requestId, caller, tokens, trail));
        } catch (CloseConnectionException e) {
            throw e; // the caller is gone, so that nobody is there to be answered
        } catch (RuntimeException e) {
            return Failures.reply(e, requestId);
        }
    }

    private void head(ServerRequest request, ServerResponse response, Reply reply, String requestId) {
        response.status(Status.create(reply.status()));
        ServerResponseHeaders headers = response.headers();
        Reply.SAFE.forEach(headers::set);
        headers.set(VARY_ORIGIN);
        headers.set(RequestIds.HEADER, requestId);
        guards.cors().answer(request.headers()).forEach(headers::set);
        reply.headers().forEach(headers::set);
    }

    private void send(ServerRequest request, ServerResponse response, Reply reply, String requestId) {
        head(request, response, reply, requestId);
        ServerResponseHeaders headers = response.headers();
        if (request.prologue().method().equals(Method.HEAD)) {
            headers.contentLength(reply.length());
            response.send(new byte[0]);
        } else if (reply.file().isPresent()) {
            headers.contentLength(reply.length());
            reply.file().get().writeTo(response.outputStream());
        } else {
            response.send(reply.body());
        }
    }
}
