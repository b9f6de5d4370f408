package dev.ludo.server.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what serves a request, by method and path. A template has literal segments and ones in braces, which take any segment;
 * of several that match the one that was added first is taken. Immutable once requests are served.
 */
final class RouteTable {
    /** Stands for every method. */
    static final String ANY = "*";

    // By how many segments a path has: few are left to compare with then.
    private final Map<Integer, List<Entry>> bySegments = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(Route route, String[] segments) {}

    /**
     * A route, and what the path has where its template has braces.
     *
     * @param route the route
     * @param values the values by name
     */
    record Found(Route route, Map<String, String> values) {}

    /** Adds a route. */
    void add(Route route) {
        String[] segments = segments(route.template());
        bySegments.computeIfAbsent(segments.length, count -> new ArrayList<>()).add(new Entry(route, segments));
    }

    /**
     * Finds a route.
     *
     * @param method the method of the request
     * @param path the path, percent-decoded
     */
    Optional<Found> find(String method, String path) {
        String[] segments = segments(path);
        for (Entry entry : bySegments.getOrDefault(segments.length, List.of())) {
            boolean takes =
                    entry.route.method().equals(method) || entry.route.method().equals(ANY);
            if (takes && matches(entry.segments, segments)) {
                return Optional.of(new Found(entry.route, values(entry.segments, segments)));
            }
        }
        return Optional.empty();
    }

    private static String[] segments(String path) {
        return path.split("/", -1);
    }

    private static boolean isHole(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean matches(String[] template, String[] path) {
        for (int i = 0; i < path.length; i++) {
            if (isHole(template[i]) ? path[i].isEmpty() : !template[i].equals(path[i])) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> values(String[] template, String[] path) {
        Map<String, String> values = Map.of();
        for (int i = 0; i < path.length; i++) {
            if (isHole(template[i])) {
                values = values.isEmpty() ? new HashMap<>(4) : values;
                values.put(template[i].substring(1, template[i].length() - 1), path[i]);
            }
        }
        return values;
    }
}
