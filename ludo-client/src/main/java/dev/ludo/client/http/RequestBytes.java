package dev.ludo.client.http;

import dev.ludo.core.model.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Requests to one server as HTTP/1.1 sends them (RFC 9112, section 3), head and body in one piece. Thread-safe. */
final class RequestBytes {
    private final String target;
    private final String common;
    private final Supplier<Secret> apiKey;

    /**
     * Requests below a base URI.
     *
     * @param base where the API is
     * @param proxy the proxy that is on the way and reads requests, if any
     * @param apiKey gives the key of the moment
     * @param userAgent what the client calls itself, visible ASCII
     * @param gzip whether answers may be packed
     */
    RequestBytes(URI base, Optional<ProxyAddress> proxy, Supplier<Secret> apiKey, String userAgent, boolean gzip) {
        String server = base.getScheme() + "://" + base.getRawAuthority();
        this.target = (proxy.isPresent() ? server : "") + base.getRawPath();
        this.common = " HTTP/1.1\r\nHost: " + base.getRawAuthority()
                + "\r\nAccept: application/json\r\nUser-Agent: " + userAgent
                + (gzip ? "\r\nAccept-Encoding: gzip" : "")
                + proxy.flatMap(ProxyAddress::authorization)
                        .map(value -> "\r\nProxy-Authorization: " + value)
                        .orElse("")
                + "\r\nAuthorization: Bearer ";
        this.apiKey = apiKey;
    }

    /**
     * A request.
     *
     * @param method the HTTP method
     * @param below path below the base URI, and query, percent-encoded
     * @param headers further headers, visible ASCII
     * @param body the body, empty for none
     * @return its bytes
     */
    byte[] of(String method, String below, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(target)
                .append(below)
                .append(common)
                .append(apiKey.get().reveal());
        headers.forEach(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        if (body.length > 0) {
            head.append("\r\nContent-Type: application/json");
        }
        if (body.length > 0 || !method.equals("GET")) {
            head.append("\r\nContent-Length: ").append(body.length);
        }
        byte[] first = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (body.length == 0) {
            return first;
        }
        byte[] both = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, both, first.length, body.length);
        return both;
    }
}
