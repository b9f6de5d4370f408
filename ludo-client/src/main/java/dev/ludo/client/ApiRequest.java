package dev.ludo.client;

import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call to the API before it is sent: what the resources of {@link LudoClient} are made of, and the way to calls that they
 * do not have.
 *
 * <p>Immutable: every method gives a new request.
 */
public final class ApiRequest {
    private static final byte[] NOTHING = {};

    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final byte[] body;

    private ApiRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A GET.
     *
     * @param template the path below the base URI, such as {@code /rooms/{}}
     * @param arguments what stands for each {@code {}}, in order; it is percent-encoded
     * @return the request
     */
    public static ApiRequest get(String template, Object... arguments) {
        return new ApiRequest("GET", expand(template, arguments), "", Map.of(), NOTHING);
    }

    /**
     * A POST without a body.
     *
     * @param template the path below the base URI, such as {@code /rooms/{}/start}
     * @param arguments what stands for each {@code {}}, in order; it is percent-encoded
     * @return the request
     */
    public static ApiRequest post(String template, Object... arguments) {
        return new ApiRequest("POST", expand(template, arguments), "", Map.of(), NOTHING);
    }

    private static String expand(String template, Object... arguments) {
        StringBuilder out = new StringBuilder(template.length() + 24);
        int from = 0;
        for (Object argument : arguments) {
            int hole = template.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException(template + " has fewer {} than " + arguments.length);
            }
            out.append(template, from, hole).append(encode(argument.toString()));
            from = hole + 2;
        }
        if (!template.startsWith("/") || template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException(template + " must begin with / and have a value for each {}");
        }
        return out.append(template, from, template.length()).toString();
    }

    // RFC 3986: a form's "+" is a space there and a plus sign here.
    private static String encode(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
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
        return new ApiRequest(method, path, query.isEmpty() ? pair : query + '&' + pair, headers, body);
    }

    /**
     * With a body.
     *
     * @param json a record or a map
     * @return a new request
     */
    public ApiRequest body(Object json) {
        return new ApiRequest(method, path, query, headers, LudoJson.write(json).getBytes(StandardCharsets.UTF_8));
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
        return new ApiRequest(method, path, query, more, body);
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
        return header("Idempotency-Key", key);
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

    String method() {
        return method;
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

    boolean hasHeader(String name) {
        return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Method and path; never a header or a body, which may hold secrets. */
    @Override
    public String toString() {
        return method + ' ' + path;
    }
}
