package dev.ludo.client;

import java.util.List;
import java.util.function.Consumer;

/** All listeners of a client as one, kept from harming the calls they are told of. Thread-safe. */
final class Listeners {
    private static final System.Logger LOGGER = System.getLogger(LudoClient.class.getName());

    private final List<CallListener> all;

    Listeners(List<CallListener> all) {
        this.all = List.copyOf(all);
    }

    /** Whether anybody listens; if not, nothing need be made to tell. */
    boolean any() {
        return !all.isEmpty();
    }

    void tell(Consumer<CallListener> event) {
        for (CallListener one : all) {
            try {
                event.accept(one);
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.WARNING, "a listener of the client failed", e);
            }
        }
    }
}
