package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Posts webhook deliveries, each on a virtual thread and a connection of its own. Redirects are not followed, and nothing is
 * sent twice. Thread-safe.
 */
final class Courier implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Courier.class.getName());

    /** How long a receiver has, in real time, to take the connection, and then to begin its answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What is posted, and where. */
    record Letter(URI url, Map<String, String> headers, String body) {}

    private final Set<Thread> under = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Posts in the background, and says what was answered, if anything was. */
    void post(Letter letter, Consumer<OptionalInt> done) {
        Thread thread = Thread.ofVirtual().name("ludo-fake-webhook").unstarted(() -> {
            try {
                done.accept(answer(letter));
            } finally {
                under.remove(Thread.currentThread());
            }
        });
        under.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
    }

    private static OptionalInt answer(Letter letter) {
        try {
            return OptionalInt.of(status(letter));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "no answer from " + letter.url, e);
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    // A client for each post: a shared one would post on an idle connection that the receiver is about to close.
    private static int status(Letter letter) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(letter.url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "ludo-fake")
                .POST(BodyPublishers.ofByteArray(letter.body.getBytes(UTF_8)));
        letter.headers.forEach(request::header);
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .executor(Thread::startVirtualThread)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()) {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        closed = true;
        under.forEach(Thread::interrupt);
    }
}
