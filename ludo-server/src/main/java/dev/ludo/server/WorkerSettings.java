package dev.ludo.server;

import dev.ludo.client.BaseUri;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.worker.WorkerConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The settings that say what is done with webhooks. */
final class WorkerSettings {
    private static final int ARCHIVE_DAYS = 30;

    private WorkerSettings() {}

    static WorkerConfig read(Settings settings) {
        List<URI> urls = settings.text(Setting.LUDO_FORWARD_URLS).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .map(text -> url(settings, text))
                .toList();
        Optional<Secret> secret = settings.text(Setting.LUDO_FORWARD_SECRET).map(WorkerSettings::secret);
        if (!urls.isEmpty() && secret.isEmpty()) {
            throw new BadSettingException(
                    "LUDO_FORWARD_SECRET is not set: what goes to LUDO_FORWARD_URLS is signed with it");
        }
        return new WorkerConfig(
                WebhookSettings.dataDir(settings),
                Duration.ofDays(settings.integer(Setting.LUDO_ARCHIVE_DAYS, 1, 3650, ARCHIVE_DAYS)),
                urls,
                secret);
    }

    private static URI url(Settings settings, String text) {
        try {
            URI uri = URI.create(text);
            // The same rules as for the API, but that a query may be part of it.
            BaseUri.check(URI.create(text.replaceAll("\\?.*", "")), settings.flag(Setting.LUDO_ALLOW_HTTP, false));
            return uri;
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(
                    "LUDO_FORWARD_URLS must be https URLs without user-info or fragment, with commas"
                            + " between (plain http only for this machine, or with LUDO_ALLOW_HTTP=true)");
        }
    }

    private static Secret secret(String text) {
        Secret secret = ServerSettings.secret("LUDO_FORWARD_SECRET", text);
        try {
            new WebhookSigner(List.of(secret), Clock.systemUTC());
            return secret;
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("LUDO_FORWARD_SECRET must be a whsec_ secret: " + e.getMessage());
        }
    }
}
