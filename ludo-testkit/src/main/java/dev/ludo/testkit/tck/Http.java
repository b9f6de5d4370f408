package dev.ludo.testkit.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Calls the target. A header that is given wins over the target's own; one without a value is left out. */
final class Http implements AutoCloseable {
    static final String SESSION = "X-Session-Token";
    static final String PLAYER = "X-Player-Token";
    static final String IDEMPOTENCY = "Idempotency-Key";

    private static final String JSON = "application/json";

    private final HttpClient client;
    private final TckTarget target;
    private final Patience patience;

    Http(TckTarget target, Patience.Pause pause) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(target.deadline())
                .build();
        this.target = target;
        this.patience = new Patience(target.patience(), pause);
    }

    TckTarget target() {
        return target;
    }

    HttpClient client() {
        return client;
    }

    Reply get(String path, String... headers) {
        return call("GET", path, BodyPublishers.noBody(), headers);
    }

    /** A body that is not empty goes as JSON, unless a header says otherwise. */
    Reply post(String path, String body, String... headers) {
        return call("POST", path, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body), headers);
    }

    Reply postBytes(String path, byte[] body) {
        return call("POST", path, BodyPublishers.ofByteArray(body));
    }

    Reply call(String method, String path, BodyPublisher body, String... headers) {
        URI uri = URI.create(target.baseUri() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(target.deadline()).method(method, body);
        headers(body.contentLength() != 0, headers).forEach(request::header);
        String what = method + ' ' + path;
        Reply reply = send(what, request.build());
        while (reply.status() == 429 && patience.waitFor(reply)) {
            reply = send(what, request.build());
        }
        return reply;
    }

    private Map<String, String> headers(boolean hasBody, String... given) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(target.headers());
        if (hasBody) {
            all.put("Content-Type", JSON);
        }
        for (int i = 0; i < given.length; i += 2) {
            all.put(given[i], given[i + 1]);
        }
        all.values().removeIf(String::isEmpty);
        return all;
    }

    private Reply send(String what, HttpRequest request) {
        try {
            return new Reply(what, client.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(what + " at " + target.baseUri() + " got no answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + " was interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** How long a case has already waited for the target's rate limit, and how long it may. */
    static final class Patience {
        /** Waits. */
        @FunctionalInterface
        interface Pause {
            void sleep(Duration time) throws InterruptedException;
        }

        private final Pause pause;
        private Duration left;

        Patience(Duration inAll, Pause pause) {
            this.left = inAll;
            this.pause = pause;
        }

        /** Waits as long as the answer asks, if it asks and there is time left for it; false if not. */
        boolean waitFor(Reply reply) {
            Duration asked = Duration.ofSeconds(reply.header("Retry-After")
                    .filter(text -> text.matches("[0-9]{1,9}"))
                    .map(Long::parseLong)
                    .orElse(1L));
            if (asked.compareTo(left) > 0) {
                return false;
            }
            left = left.minus(asked);
            try {
                pause.sleep(asked);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
