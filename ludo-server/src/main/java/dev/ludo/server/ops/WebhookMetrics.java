package dev.ludo.server.ops;

import dev.ludo.server.webhook.Deliveries.Fate;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Locale;
import java.util.function.Consumer;

/** Counts webhooks by what became of them. Thread-safe. */
public final class WebhookMetrics implements Consumer<Fate> {
    private final Counter webhooks;
    private final Counter heard;

    /**
     * Counts none yet.
     *
     * @param metrics where they are shown
     */
    public WebhookMetrics(Metrics metrics) {
        webhooks = Counter.builder()
                .name("ludo_webhooks_total")
                .help("Webhooks that came, by what became of them: accepted, repeated, rejected or unavailable.")
                .labelNames("outcome")
                .register(metrics.registry());
        for (Fate fate : Fate.values()) {
            webhooks.initLabelValues(word(fate));
        }
        heard = Counter.builder()
                .name("ludo_inbox_heard_total")
                .help("Webhooks that another process accepted, and that this one has read in the inbox.")
                .register(metrics.registry());
    }

    private static String word(Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void accept(Fate fate) {
        webhooks.labelValues(word(fate)).inc();
    }

    /** Counts one that another process accepted, and of which this one has heard. */
    public void heard() {
        heard.inc();
    }
}
