package dev.ludo.client;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A call to the API before it is sent: what the resources of {@link LudoClient} are made of, and the way to calls that they
 * do not have.
 *
 * <p>Immutable: every method gives a new request.
 */
public final class ApiRequest {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final byte[] NOTHING = {};

    private final String method;
    private final String route;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Optional<Duration> deadline;

    private ApiRequest(
            String method,
            String route,
            String path,
            String query,
            Map<String, String> headers,
            byte[] body,
            Optional<Duration> deadline) {
        this.method = method;
        this.route = route;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.deadline = deadline;
    }

    private static ApiRequest of(String method, String route, Object... arguments) {
        return new ApiRequest(method, route, expand(route, arguments), "", Map.of(), NOTHING, Optional.empty());
    }

    /**
     * A GET.
     *
     * @param route the path below the base URI, with names for what varies, such as {@code /rooms/{code}}
     * @param arguments what stands for each <code>{name}</code>, in order; it is percent-encoded
     * @return the request
     */
    public static ApiRequest get(String route, Object... arguments) {
        return of("GET", route, arguments);
    }

    /**
     * A POST without a body.
     *
     * @param route the path below the base URI, with names for what varies, such as {@code /rooms/{code}/start}
     * @param arguments what stands for each <code>{name}</code>, in order; it is percent-encoded
     * @return the request
     */
    public static ApiRequest post(String route, Object... arguments) {
        return of("POST", route, arguments);
    }

    /**
     * A DELETE.
     *
     * @param route the path below the base URI, with names for what varies, such as {@code /webhooks/{id}}
     * @param arguments what stands for each <code>{name}</code>, in order; it is percent-encoded
     * @return the request
     */
    public static ApiRequest delete(String route, Object... arguments) {
        return of("DELETE", route, arguments);
    }

    private static String expand(String route, Object... arguments) {
        if (!route.startsWith("/")) {
            throw new IllegalArgumentException(route + " must begin with /");
        }
        if (arguments.length == 0 && route.indexOf('{') < 0) {
            return route;
        }
        StringBuilder out = new StringBuilder(route.length() + 24);
        int from = 0;
        for (Object argument : arguments) {
            int hole = route.indexOf('{', from);
            int end = route.indexOf('}', hole + 1);
            if (hole < 0 || end < 0) {
                throw new IllegalArgumentException(route + " has fewer {} than " + arguments.length);
            }
            out.append(route, from, hole).append(encode(argument.toString()));
            from = end + 1;
        }
        if (route.indexOf('{', from) >= 0) {
            throw new IllegalArgumentException(route + " must have a value for each {}");
        }
        return out.append(route, from, route.length()).toString();
    }

    // RFC 3986: a form's "+" is a space there and a plus sign here.
    private static String encode(String text) {
        if (isPlain(text)) {
            return text;
        }
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }

    // What most ids are made of.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            if (!plain && c != '-') {
                return false;
            }
        }
        return true;
    }

    /**
     * With a further query parameter.
     *
     * @param name its name
     * @param value its value; it is percent-encoded
     * @return a new request
     */
    public ApiRequest query(String name, Object value) {
        String pair = encode(name) + '=' + encode(value.toString());
        return new ApiRequest(
                method, route, path, query.isEmpty() ? pair : query + '&' + pair, headers, body, deadline);
    }

    /**
     * With a body.
     *
     * @param json a record or a map
     * @return a new request
     */
    public ApiRequest body(Object json) {
        byte[] bytes = LudoJson.write(json).getBytes(StandardCharsets.UTF_8);
        return new ApiRequest(method, route, path, query, headers, bytes, deadline);
    }

    /**
     * With a header in place of any of the same name.
     *
     * @param name its name
     * @param value its value: visible ASCII and spaces
     * @return a new request
     * @throws IllegalArgumentException if the name or the value cannot stand in a header
     */
    public ApiRequest header(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':')) {
            throw new IllegalArgumentException("not a header's name: \"" + name + '"');
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException("the value of " + name + " must be visible ASCII");
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new ApiRequest(method, route, path, query, more, body, deadline);
    }

    /**
     * Under a key of the caller's own. The API answers a second POST with the same key and body as it did the first, for
     * 24 hours. Without this, {@link LudoClient} makes a fresh key for every POST.
     *
     * @param key 1 to 255 visible ASCII characters
     * @return a new request
     */
    public ApiRequest idempotencyKey(String key) {
        if (key.isEmpty() || key.length() > 255) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 characters, not " + key.length());
        }
        return header(IDEMPOTENCY_KEY, key);
    }

    /**
     * On behalf of who holds this session.
     *
     * @param token from {@link dev.ludo.core.model.Registration}
     * @return a new request
     */
    public ApiRequest sessionToken(Secret token) {
        return header("X-Session-Token", token.reveal());
    }

    /**
     * On behalf of who holds this seat.
     *
     * @param token from {@link dev.ludo.core.model.Joined}
     * @return a new request
     */
    public ApiRequest playerToken(Secret token) {
        return header("X-Player-Token", token.reveal());
    }

    /**
     * With a deadline of its own instead of the client's.
     *
     * @param total how long the call may take with all its attempts and waits, above zero
     * @return a new request
     */
    public ApiRequest deadline(Duration total) {
        Duration checked = Timeouts.positive(total, "deadline");
        return new ApiRequest(method, route, path, query, headers, body, Optional.of(checked));
    }

    String method() {
        return method;
    }

    String route() {
        return route;
    }

    String path() {
        return path;
    }

    String target() {
        return query.isEmpty() ? path : path + '?' + query;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    Optional<Duration> deadline() {
        return deadline;
    }

    Optional<String> header(String name) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        String exact = headers.get(name);
        return exact != null
                ? Optional.of(exact)
                : headers.entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    Optional<String> idempotencyKey() {
        return header(IDEMPOTENCY_KEY);
    }

    /** Whether it may be sent again although nobody knows what became of it. */
    boolean isRepeatable() {
        return !method.equals("POST") || idempotencyKey().isPresent();
    }

    /** Method and path; never a header or a body, which may hold secrets. */
    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
