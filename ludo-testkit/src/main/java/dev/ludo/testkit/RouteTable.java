package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Which handler serves which method and path. A path template is made of fixed parts and of names in braces, which stand
 * for any one part; of templates that fit, the one added first is taken. Where there is a GET there is a HEAD.
 */
final class RouteTable {
    /** Serves a call. */
    @FunctionalInterface
    interface Handler {
        Answer handle(Call call, Params params);
    }

    /** The parts of a path for which the template has names. */
    record Params(List<String> template, List<String> segments) {
        String get(String name) {
            int place = template.indexOf('{' + name + '}');
            if (place < 0) {
                throw new IllegalArgumentException("the path has no part " + name + ", it is " + template);
            }
            return segments.get(place);
        }
    }

    private record Route(String method, List<String> template, Handler handler) {
        boolean serves(String itsMethod, List<String> segments) {
            return method.equals(itsMethod) && match(segments).isPresent();
        }

        Optional<Params> match(List<String> segments) {
            if (segments.size() != template.size()) {
                return Optional.empty();
            }
            for (int i = 0; i < template.size(); i++) {
                String part = template.get(i);
                String segment = segments.get(i);
                boolean fits = part.startsWith("{") ? !segment.isEmpty() : part.equals(segment);
                if (!fits) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Params(template, segments));
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Routes that a server may have and this one has not: who asks for them has not made a slip. */
    private final List<Route> left = new ArrayList<>();

    RouteTable add(String method, String template, Handler handler) {
        routes.add(new Route(method, List.of(template.substring(1).split("/", -1)), handler));
        return this;
    }

    /**
     * The same table with only some of its routes.
     *
     * @param kept says by method and template, such as {@code GET /v1/rooms}, what becomes of a route's answers
     */
    RouteTable only(Map<String, UnaryOperator<Answer>> kept) {
        RouteTable some = new RouteTable();
        for (Route route : routes) {
            UnaryOperator<Answer> change = kept.get(route.method + " /" + String.join("/", route.template));
            if (change != null) {
                Handler handler = (call, params) -> change.apply(route.handler.handle(call, params));
                some.routes.add(new Route(route.method, route.template, handler));
            } else {
                some.left.add(route);
            }
        }
        return some;
    }

    /** Finds the handler and calls it; without one, answers 405 with what is allowed, or fails with 404. */
    Answer serve(Call call) {
        List<String> segments = call.segments();
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Params> params = route.match(segments);
            if (params.isPresent()) {
                if (route.method.equals(call.method())) {
                    return route.handler.handle(call, params.get());
                }
                allowed.add(route.method);
            }
        }
        if (left.stream().noneMatch(route -> route.serves(call.method(), segments))) {
            call.hasNoRoute();
        }
        if (allowed.isEmpty()) {
            throw ApiFailure.of(ErrorCode.NOT_FOUND, "there is no such route");
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return Failures.caught(call.requestId(), () -> {
                    throw ApiFailure.of(
                            ErrorCode.METHOD_NOT_ALLOWED, "this route knows " + String.join(", ", allowed) + " only");
                })
                .with("Allow", String.join(", ", allowed));
    }
}
