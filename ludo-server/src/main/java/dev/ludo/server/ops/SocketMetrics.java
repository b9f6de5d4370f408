package dev.ludo.server.ops;

import dev.ludo.core.event.CloseCode;
import dev.ludo.server.realtime.EndedSession;
import dev.ludo.server.realtime.SocketKind;
import dev.ludo.server.realtime.SocketMeter;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** What relayed sockets do, in numbers. Close codes that the contract does not know are counted as one. Thread-safe. */
public final class SocketMetrics implements SocketMeter {
    // From a message that is passed on at once to one that waits until its client is given up.
    private static final double[] RELAY_SECONDS = {0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 5};

    private static final double[] OUTAGE_SECONDS = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30};

    private final Counter ended;
    private final Counter upstreamEnded;
    private final Histogram outages;
    private final Way up;
    private final Way down;

    /** What is counted of one direction. */
    private record Way(CounterDataPoint messages, CounterDataPoint bytes, DistributionDataPoint seconds) {}

    /**
     * Counts among other numbers.
     *
     * @param metrics where to count
     */
    public SocketMetrics(Metrics metrics) {
        PrometheusRegistry registry = metrics.registry();
        Counter messages = Counter.builder()
                .name("ludo_socket_messages_total")
                .help("Messages that were relayed, up to the API or down to a client.")
                .labelNames("direction")
                .register(registry);
        Counter bytes = Counter.builder()
                .name("ludo_socket_bytes_total")
                .help("The bytes of the messages that were relayed.")
                .labelNames("direction")
                .register(registry);
        Histogram seconds = Histogram.builder()
                .name("ludo_socket_relay_seconds")
                .help("From a message that has been read to one that is written, or waits for a slow peer.")
                .labelNames("direction")
                .classicOnly()
                .classicUpperBounds(RELAY_SECONDS)
                .register(registry);
        up = new Way(messages.labelValues("up"), bytes.labelValues("up"), seconds.labelValues("up"));
        down = new Way(messages.labelValues("down"), bytes.labelValues("down"), seconds.labelValues("down"));
        ended = Counter.builder()
                .name("ludo_sockets_ended_total")
                .help("Relayed sockets that ended, by who ended them: client, api or proxy.")
                .labelNames("by", "code")
                .register(registry);
        upstreamEnded = Counter.builder()
                .name("ludo_upstream_sockets_ended_total")
                .help("Connections of relayed sockets to the API that ended.")
                .labelNames("code")
                .register(registry);
        outages = Histogram.builder()
                .name("ludo_relay_outage_seconds")
                .help("How long clients were without the API, by how that ended: resumed, anew or failed.")
                .labelNames("result")
                .classicOnly()
                .classicUpperBounds(OUTAGE_SECONDS)
                .register(registry);
    }

    /**
     * Shows how many sockets are open.
     *
     * @param metrics where to show it
     * @param open tells how many there are of a kind
     */
    public static void showOpen(Metrics metrics, ToIntFunction<SocketKind> open) {
        GaugeWithCallback.builder()
                .name("ludo_sockets_open")
                .help("Relayed sockets that are open, by what they are for: player, spectator, or new if nobody has"
                        + " joined.")
                .labelNames("kind")
                .callback(callback -> {
                    for (SocketKind kind : SocketKind.values()) {
                        callback.call(open.applyAsInt(kind), kind.word());
                    }
                })
                .register(metrics.registry());
    }

    @Override
    public void passed(Direction direction, int bytes, long nanos) {
        Way way = direction == Direction.UP ? up : down;
        way.messages().inc();
        way.bytes().inc(bytes);
        way.seconds().observe(nanos / 1e9);
    }

    @Override
    public void cameBack(Comeback how, Duration took) {
        outages.labelValues(how.name().toLowerCase(Locale.ROOT)).observe(took.toNanos() / 1e9);
    }

    @Override
    public void upstreamEnded(int code) {
        upstreamEnded.labelValues(word(code)).inc();
    }

    /**
     * A socket is no more.
     *
     * @param session what it was
     */
    public void ended(EndedSession session) {
        ended.labelValues(session.by().word(), word(session.code())).inc();
    }

    private static String word(int code) {
        return CloseCode.of(code) == CloseCode.OTHER ? "other" : Integer.toString(code);
    }
}
