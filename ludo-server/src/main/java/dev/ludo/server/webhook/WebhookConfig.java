package dev.ludo.server.webhook;

import dev.ludo.core.model.Secret;
import dev.ludo.server.inbox.FileInbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How webhooks are taken.
 *
 * @param secrets those with which the API may sign; two while one replaces the other, none if the proxy subscribes
 * @param publicUrl where the API reaches this proxy, if it is to be asked to deliver there
 * @param folder where what was accepted is kept
 * @param kept for how long, at least {@link FileInbox#IDS_KEPT}
 */
public record WebhookConfig(List<Secret> secrets, Optional<URI> publicUrl, Path folder, Duration kept) {
    /** For how long what was accepted is kept unless it is said. */
    public static final Duration KEPT = Duration.ofDays(7);

    /** Checks and copies. */
    public WebhookConfig {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty() && publicUrl.isEmpty()) {
            throw new IllegalArgumentException("secrets must not be empty without a publicUrl");
        }
        if (kept.compareTo(FileInbox.IDS_KEPT) < 0) {
            throw new IllegalArgumentException("kept must be at least " + FileInbox.IDS_KEPT + ", was " + kept);
        }
    }
}
