package dev.ludo.server.webhook;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookVerifier;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The secrets with which the API may sign now: those that were set, and that of the subscription once it is there. Thread-safe. */
public final class ActiveSecrets {
    private final Clock clock;
    private final AtomicReference<Known> known;

    private record Known(List<Secret> secrets, Optional<WebhookVerifier> verifier) {}

    /**
     * Knows secrets.
     *
     * @param secrets {@code whsec_} and base64 each; may be none, if one is to come
     * @param clock tells what is too old
     * @throws IllegalArgumentException if one is no such secret; the message does not show it
     */
    public ActiveSecrets(List<Secret> secrets, Clock clock) {
        this.clock = clock;
        this.known = new AtomicReference<>(known(secrets));
    }

    private Known known(List<Secret> secrets) {
        return new Known(
                List.copyOf(secrets),
                secrets.isEmpty() ? Optional.empty() : Optional.of(new WebhookVerifier(secrets, clock)));
    }

    /**
     * Knows another secret beside the others.
     *
     * @param secret {@code whsec_} and base64
     * @throws IllegalArgumentException if it is no such secret; the message does not show it
     */
    public void add(Secret secret) {
        known.updateAndGet(before -> {
            if (before.secrets.contains(secret)) {
                return before;
            }
            List<Secret> all = new ArrayList<>(before.secrets);
            all.add(secret);
            return known(all);
        });
    }

    /** Verifies by them; empty as long as there is none. The same object until there is another. */
    Optional<WebhookVerifier> verifier() {
        return known.get().verifier;
    }
}
