package dev.ludo.server.ops;

import dev.ludo.server.worker.TargetState;
import dev.ludo.server.worker.Worker;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What a worker does, in numbers. There are as few targets as are configured. */
public final class WorkerMetrics {
    private WorkerMetrics() {}

    /**
     * Shows a worker's numbers.
     *
     * @param metrics where to show them
     * @param worker the worker
     * @param clock tells how old something is
     */
    public static void show(Metrics metrics, Worker worker, Clock clock) {
        PrometheusRegistry registry = metrics.registry();
        perTarget(
                registry,
                worker,
                "ludo_forward_depth",
                "Events that were read for a target, and are neither taken nor given up.",
                TargetState::depth);
        perTarget(
                registry,
                worker,
                "ludo_forward_behind_bytes",
                "Bytes of the inbox that were not read for a target yet.",
                TargetState::behindBytes);
        perTarget(
                registry,
                worker,
                "ludo_forward_paused",
                "1 while so many events are open for a target that no more are read for it.",
                state -> state.pauses() ? 1 : 0);
        perTarget(
                registry,
                worker,
                "ludo_forward_oldest_seconds",
                "How long ago the oldest event that is open for a target was accepted; 0 if none is.",
                state -> age(state.oldest(), clock.instant()));
        CounterWithCallback.builder()
                .name("ludo_forward_attempts_total")
                .help("Attempts to pass an event on, by how they ended: taken, a status, or why there was none.")
                .labelNames("target", "outcome")
                .callback(callback -> worker.targets()
                        .forEach(state -> state.attempts()
                                .forEach((outcome, count) -> callback.call(count, state.name(), outcome))))
                .register(registry);
        metrics.gauge(
                        "ludo_worker_working",
                        "1 if this process works on webhooks, 0 while it waits for another to end.",
                        () -> worker.isWorking() ? 1 : 0)
                .gauge(
                        "ludo_dead_letters",
                        "Events that a target did not take, and that are kept until they are replayed.",
                        worker::deadLetters)
                .gauge(
                        "ludo_worker_trouble",
                        "1 while the worker cannot read or write its files.",
                        () -> worker.trouble().isEmpty() ? 0 : 1);
    }

    private static double age(Optional<Instant> since, Instant now) {
        return since.map(then -> Duration.between(then, now).toMillis() / 1e3).orElse(0.0);
    }

    private static void perTarget(
            PrometheusRegistry registry, Worker worker, String name, String help, ToDoubleFunction<TargetState> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("target")
                .callback(callback ->
                        worker.targets().forEach(state -> callback.call(value.applyAsDouble(state), state.name())))
                .register(registry);
    }
}
