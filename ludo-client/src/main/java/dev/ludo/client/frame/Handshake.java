package dev.ludo.client.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ludo.client.http.RetryAfter;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.json.Envelope;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** What client and server say to each other before there are frames (RFC 6455, section 4). Thread-safe. */
final class Handshake {
    private static final int MAX_ANSWER = 64 * 1024;
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
    private static final HeaderName ACCEPT = HeaderNames.create("Sec-WebSocket-Accept");
    private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
    private static final HeaderName EXTENSIONS = HeaderNames.create("Sec-WebSocket-Extensions");
    private static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Http1Client http;
    private final Clock clock;

    Handshake(Http1Client http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** The path by which errors name a URI. */
    static String path(URI uri) {
        return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    /**
     * Upgrades a connection.
     *
     * @throws RejectedException if the server answered something else
     * @throws TransportException if its answer is no proper upgrade
     */
    void upgrade(ClientConnection connection, URI uri, Map<String, String> headers) throws IOException {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        Http1ClientRequest request = http.get()
                .connection(connection)
                .skipUriEncoding(true)
                .uri(uri.getScheme().replaceFirst("(?i)^ws", "http") + "://" + uri.getRawAuthority())
                .path(path(uri))
                .header(HeaderNames.UPGRADE, "websocket")
                .header(HeaderNames.CONNECTION, "Upgrade")
                .header(KEY, key)
                .header(VERSION, "13");
        headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
        // The response is not closed: it would close the connection, which is ours.
        HttpClientResponse response = request.upgrade("websocket").response();
        if (response.status().code() != 101) { // a status equals another only with the same words
            throw new RejectedException(
                    "GET",
                    path(uri),
                    response.status().code(),
                    failure(response),
                    RetryAfter.of(response.headers(), clock));
        }
        String wrong = wrong(response.headers(), key);
        if (!wrong.isEmpty()) {
            throw new TransportException("GET", path(uri), "was answered with a bad upgrade: " + wrong, null);
        }
    }

    private static Failure failure(HttpClientResponse response) throws IOException {
        if (!response.entity().hasEntity()) {
            return Envelope.readFailure(new byte[0], 0);
        }
        try (InputStream in = response.entity().inputStream()) {
            return Envelope.readFailure(in.readNBytes(MAX_ANSWER), MAX_ANSWER);
        }
    }

    // RFC 6455, section 4.1, what a client must check; we ask for no extension and no subprotocol.
    private static String wrong(Headers headers, String key) {
        if (!headers.first(HeaderNames.UPGRADE).orElse("").equalsIgnoreCase("websocket")) {
            return "Upgrade is not websocket";
        }
        String connection = headers.first(HeaderNames.CONNECTION).orElse("");
        if (Arrays.stream(connection.split(",", -1))
                .noneMatch(token -> token.strip().equalsIgnoreCase("upgrade"))) {
            return "Connection is not Upgrade";
        }
        if (!headers.first(ACCEPT).orElse("").strip().equals(accept(key))) {
            return "Sec-WebSocket-Accept does not fit";
        }
        return headers.contains(EXTENSIONS) || headers.contains(PROTOCOL)
                ? "an extension or a subprotocol that nobody asked for"
                : "";
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_SUFFIX).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
