package dev.ludo.server.webhook;

import dev.ludo.core.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How webhooks are taken.
 *
 * @param secrets those with which the API may sign, at least one; two while one replaces the other
 * @param folder where what was accepted is kept
 * @param kept for how long, at least {@link FileInbox#IDS_KEPT}
 */
public record WebhookConfig(List<Secret> secrets, Path folder, Duration kept) {
    /** Checks and copies. */
    public WebhookConfig {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("secrets must not be empty");
        }
    }
}
