package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Posts webhook deliveries, each on a virtual thread and a connection of its own. Redirects are not followed, and nothing is
 * sent twice: the JDK's client would repeat a post on a connection that fails. Thread-safe.
 */
final class Courier implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Courier.class.getName());

    /** How long a receiver has, in real time, to take the connection, and then for each piece of its answer. */
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
        } catch (HttpRetryException e) {
            return OptionalInt.of(e.responseCode()); // it wants another try by itself, as after a 401
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "no answer from " + letter.url, e);
            return OptionalInt.empty();
        }
    }

    private static int status(Letter letter) throws IOException {
        byte[] body = letter.body.getBytes(UTF_8);
        HttpURLConnection http = (HttpURLConnection) letter.url.toURL().openConnection(Proxy.NO_PROXY);
        try {
            http.setRequestMethod("POST");
            http.setInstanceFollowRedirects(false);
            http.setUseCaches(false);
            http.setConnectTimeout((int) PATIENCE.toMillis());
            http.setReadTimeout((int) PATIENCE.toMillis());
            http.setDoOutput(true);
            http.setFixedLengthStreamingMode(body.length);
            http.setRequestProperty("Connection", "close");
            http.setRequestProperty("Content-Type", "application/json");
            http.setRequestProperty("User-Agent", "ludo-fake");
            letter.headers.forEach(http::setRequestProperty);
            try (OutputStream out = http.getOutputStream()) {
                out.write(body);
            }
            return http.getResponseCode();
        } finally {
            http.disconnect();
        }
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        closed = true;
        under.forEach(Thread::interrupt);
    }
}
