package dev.ludo.server.ops;

import dev.ludo.server.watch.WatchMeter;
import dev.ludo.server.watch.WatcherKind;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.function.ToIntFunction;

/** Those who watch rooms, in numbers. Thread-safe. */
public final class WatchMetrics implements WatchMeter {
    private final Counter cameBack;
    private final Counter cut;

    /**
     * Counts among other numbers.
     *
     * @param metrics where to count
     */
    public WatchMetrics(Metrics metrics) {
        cameBack = Counter.builder()
                .name("ludo_watchers_came_back_total")
                .help("Watchers that had watched before: resumed with what they had missed, or anew with the state.")
                .labelNames("kind", "result")
                .register(metrics.registry());
        cut = Counter.builder()
                .name("ludo_watchers_cut_total")
                .help("Watchers for whom too much waited, so that they were let go.")
                .labelNames("kind")
                .register(metrics.registry());
    }

    /**
     * Shows how many watch.
     *
     * @param metrics where to show it
     * @param watchers tells how many there are of a kind
     */
    public static void showWatchers(Metrics metrics, ToIntFunction<WatcherKind> watchers) {
        GaugeWithCallback.builder()
                .name("ludo_watchers")
                .help("Those who watch rooms, by a socket or by a stream of events.")
                .labelNames("kind")
                .callback(callback -> {
                    for (WatcherKind kind : WatcherKind.values()) {
                        callback.call(watchers.applyAsInt(kind), kind.word());
                    }
                })
                .register(metrics.registry());
    }

    @Override
    public void cameBack(WatcherKind kind, boolean resumed) {
        cameBack.labelValues(kind.word(), resumed ? "resumed" : "anew").inc();
    }

    @Override
    public void cut(WatcherKind kind) {
        cut.labelValues(kind.word()).inc();
    }
}
