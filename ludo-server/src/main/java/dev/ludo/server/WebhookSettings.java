package dev.ludo.server;

import dev.ludo.client.BaseUri;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookVerifier;
import dev.ludo.server.webhook.WebhookConfig;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The settings that say how the API's webhooks are taken. */
final class WebhookSettings {
    private WebhookSettings() {}

    /** How they are taken; empty if neither a secret nor an address to subscribe with is set. */
    static Optional<WebhookConfig> read(Settings settings) {
        List<Secret> secrets = secrets(settings);
        Optional<URI> publicUrl = settings.text(Setting.LUDO_PUBLIC_URL).map(text -> publicUrl(settings, text));
        Path folder = dataDir(settings);
        Duration kept =
                Duration.ofDays(settings.integer(Setting.LUDO_INBOX_DAYS, 4, 3650, (int) WebhookConfig.KEPT.toDays()));
        return secrets.isEmpty() && publicUrl.isEmpty()
                ? Optional.empty()
                : Optional.of(new WebhookConfig(secrets, publicUrl, folder, kept));
    }

    /** The folder in which things are kept. */
    static Path dataDir(Settings settings) {
        String text = settings.text(Setting.LUDO_DATA_DIR).orElse("ludo-data");
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadSettingException("LUDO_DATA_DIR must be the path of a folder, was \"" + text + '"');
        }
    }

    private static List<Secret> secrets(Settings settings) {
        List<Secret> secrets =
                settings.textOrFile(Setting.LUDO_WEBHOOK_SECRETS, Setting.LUDO_WEBHOOK_SECRETS_FILE).stream()
                        .flatMap(text -> Arrays.stream(text.split("[,\n\r]")))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(text -> ServerSettings.secret("LUDO_WEBHOOK_SECRETS", text))
                        .toList();
        try {
            if (!secrets.isEmpty()) {
                new WebhookVerifier(secrets, Clock.systemUTC());
            }
            return secrets;
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(
                    "LUDO_WEBHOOK_SECRETS must hold whsec_ secrets with commas between: " + e.getMessage());
        }
    }

    private static URI publicUrl(Settings settings, String text) {
        try {
            return BaseUri.check(URI.create(text), settings.flag(Setting.LUDO_ALLOW_HTTP, false));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("LUDO_PUBLIC_URL must be an https URL without user-info, query or fragment"
                    + " (plain http only for this machine, or with LUDO_ALLOW_HTTP=true)");
        }
    }
}
