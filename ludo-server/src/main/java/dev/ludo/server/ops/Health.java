package dev.ludo.server.ops;

import dev.ludo.core.error.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Whether the proxy should be sent calls: by checks, each of which has a name and says why it fails. Thread-safe. */
public final class Health {
    private record Check(String name, Supplier<String> why) {}

    private final List<Check> checks = new CopyOnWriteArrayList<>();
    private volatile boolean draining;

    /** Has one check, {@code draining}, which passes. */
    public Health() {
        check("draining", () -> draining ? "the proxy is shutting down" : "");
    }

    /**
     * Adds a check.
     *
     * @param name what is checked
     * @param why says why the proxy should not be sent calls, or nothing if it should
     * @return this
     */
    public Health check(String name, Supplier<String> why) {
        checks.add(new Check(name, why));
        return this;
    }

    /** From now on the proxy should be sent no calls. */
    public void drain() {
        draining = true;
    }

    /**
     * Whether the proxy is shutting down.
     *
     * @return whether it is
     */
    public boolean draining() {
        return draining;
    }

    /**
     * The checks that fail.
     *
     * @return the name of each and why it fails; empty if the proxy is ready
     */
    public List<FieldError> failing() {
        List<FieldError> failing = new ArrayList<>();
        for (Check check : checks) {
            String reason = check.why().get();
            if (!reason.isEmpty()) {
                failing.add(new FieldError(check.name(), reason));
            }
        }
        return failing;
    }
}
