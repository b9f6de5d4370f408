package dev.ludo.server;

import dev.ludo.core.json.LudoJson;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A browser, as far as these tests need one: it knows nothing of this library. */
public final class Wire implements AutoCloseable {
    /** What came back. */
    public record Answer(int status, HttpResponse<byte[]> http) {
        /** The body as an object. */
        public JsonObject json() {
            return LudoJson.parseObject(http.body(), 1 << 20);
        }

        /** The code of a failure. */
        public String code() {
            return json().getString("code");
        }

        /** The body as it came. */
        public String text() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        /** A header, if it is there. */
        public Optional<String> header(String name) {
            return http.headers().firstValue(name);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    public Wire(URI base) {
        this.base = base;
    }

    public Answer get(String path, String... headers) {
        return call("GET", path, "", headers);
    }

    public Answer post(String path, String json, String... headers) {
        return call("POST", path, json, headers);
    }

    /** Calls; a body that is there goes out as JSON unless the headers say otherwise. */
    public Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
            Secrets.sent(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            Answer answer = new Answer(response.statusCode(), response);
            Secrets.lookAtAnswer(method, path, response.headers().map() + answer.text());
            return answer;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(method + ' ' + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
