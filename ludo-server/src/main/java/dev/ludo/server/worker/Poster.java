package dev.ludo.server.worker;

import dev.ludo.core.webhook.WebhookSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts events to the operator's URLs, signed; each call is one attempt. Redirects are not followed. Thread-safe. */
final class Poster implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** How long a whole attempt may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    // What a target asks for beyond that is not believed.
    private static final Duration LONGEST_HINT = Duration.ofHours(1);

    private static final int GONE = 410;

    /** What came of an attempt. */
    sealed interface Outcome {
        /** The target has it. */
        record Taken() implements Outcome {}

        /**
         * The target does not have it, as far as can be told.
         *
         * @param label one of few words, for counting: a status, {@code unreachable}, {@code late} or {@code unsigned}
         * @param reason for people
         * @param hint how long to wait, if the target says
         * @param forGood whether it makes no sense to try again
         */
        record Failed(String label, String reason, Optional<Duration> hint, boolean forGood) implements Outcome {}
    }

    private final WebhookSigner signer;
    private final HttpClient http;

    Poster(WebhookSigner signer) {
        this.signer = signer;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Thread::startVirtualThread)
                .build();
    }

    Outcome post(URI uri, String id, byte[] body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("User-Agent", "ludo-worker")
                .POST(BodyPublishers.ofByteArray(body));
        try {
            signer.sign(id, body).asMap().forEach(request::header);
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed("unsigned", String.valueOf(e.getMessage()), Optional.empty(), true);
        }
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request.build(), BodyHandlers.discarding());
        try {
            return outcome(answer.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Outcome.Failed(
                    "late", "no answer within " + PATIENCE.toSeconds() + " s", Optional.empty(), false);
        } catch (ExecutionException e) {
            return new Outcome.Failed("unreachable", why(e), Optional.empty(), false);
        } finally {
            answer.cancel(true);
        }
    }

    private static String why(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String what = cause instanceof IOException ? cause.getClass().getSimpleName() : cause.toString();
        return cause.getMessage() == null ? what : what + ": " + cause.getMessage();
    }

    private static Outcome outcome(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new Outcome.Taken();
        }
        return new Outcome.Failed(
                Integer.toString(status),
                "HTTP " + status,
                answer.headers().firstValue("Retry-After").flatMap(Poster::seconds),
                status == GONE);
    }

    // A date is not worth the code: without a hint the wait is drawn.
    private static Optional<Duration> seconds(String hint) {
        if (!hint.matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(hint));
        return Optional.of(asked.compareTo(LONGEST_HINT) > 0 ? LONGEST_HINT : asked);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
