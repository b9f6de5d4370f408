package dev.ludo.server.ops;

import dev.ludo.client.CallListener;
import dev.ludo.server.api.Reply;
import dev.ludo.server.api.Served;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What is counted, in the text format of Prometheus. Every label has few values: routes are templates, methods those that there
 * are. Thread-safe.
 */
public final class Metrics implements Consumer<Served>, CallListener {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    // From a cached answer to the longest wait for the API.
    private static final double[] SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    private final Counter requests = Counter.builder()
            .name("ludo_http_requests_total")
            .help("Requests that were answered.")
            .labelNames("method", "route", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("ludo_http_request_seconds")
            .help("From a request's head to its answer.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    private final Histogram upstream = Histogram.builder()
            .name("ludo_upstream_seconds")
            .help("How long the API was waited for, of requests that asked it.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    private final Counter cache = Counter.builder()
            .name("ludo_cache_total")
            .help("What the cache did for reads that may be shared.")
            .labelNames("result")
            .register(registry);
    private final Counter limited = Counter.builder()
            .name("ludo_rate_limited_total")
            .help("Requests that were refused because a client made too many.")
            .register(registry);

    private final Counter attempts = Counter.builder()
            .name("ludo_upstream_attempts_total")
            .help("How often the API was asked, by how that ended: a status, or failed for no answer.")
            .labelNames("method", "route", "outcome")
            .register(registry);
    private final Counter retries = Counter.builder()
            .name("ludo_upstream_retries_total")
            .help("Calls to the API that were tried again.")
            .register(registry);

    /** Counts nothing yet but the Java virtual machine. */
    public Metrics() {
        JvmMetrics.builder().register(registry);
    }

    PrometheusRegistry registry() {
        return registry;
    }

    /**
     * Shows a number that changes both ways.
     *
     * @param name its name, such as {@code ludo_calls_in_flight}
     * @param help what it is, for people
     * @param value the number now
     * @return this
     */
    public Metrics gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
        return this;
    }

    @Override
    public void accept(Served served) {
        String method = METHODS.contains(served.method()) ? served.method() : "other";
        CounterDataPoint count = requests.labelValues(method, served.route(), Integer.toString(served.status()));
        count.inc();
        seconds.labelValues(served.route()).observe(served.took().toNanos() / 1e9);
        if (!served.upstream().isZero()) {
            upstream.labelValues(served.route()).observe(served.upstream().toNanos() / 1e9);
        }
        if (!served.cache().equals("-")) {
            cache.labelValues(served.cache()).inc();
        }
        if (served.status() == 429) {
            limited.inc();
        }
    }

    @Override
    public void onAttempt(Call call, int attempt, Outcome outcome, Duration took) {
        String ended = switch (outcome) {
            case Outcome.Answered answered -> Integer.toString(answered.status());
            case Outcome.Failed failed -> "failed";
        };
        attempts.labelValues(call.method(), call.route(), ended).inc();
    }

    @Override
    public void onRetry(Call call, int attempt, Outcome outcome, Duration wait) {
        retries.inc();
    }

    /**
     * All of it, as it is now.
     *
     * @return an answer in the text format
     */
    public Reply text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return Reply.of(200, writer.getContentType(), out.toByteArray());
    }
}
