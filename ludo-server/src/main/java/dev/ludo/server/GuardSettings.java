package dev.ludo.server;

import dev.ludo.client.BaseUri;
import dev.ludo.core.model.Secret;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.JwtConfig;
import dev.ludo.server.guard.Networks;
import dev.ludo.server.guard.WireLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The settings that say who may call, and how much. */
final class GuardSettings {
    private GuardSettings() {}

    static GuardConfig read(Settings settings, boolean trustCallers, int callsPerMinute) {
        return new GuardConfig(
                settings.flag(Setting.LUDO_TRUST_CALLERS, trustCallers),
                proxyTokens(settings),
                jwt(settings),
                trustedProxies(settings),
                settings.integer(Setting.LUDO_RATE_LIMIT, 0, 1_000_000, callsPerMinute),
                settings.integer(Setting.LUDO_MAX_CALLS, 1, 1_000_000, GuardConfig.DEFAULT.concurrentCalls()),
                wire(settings));
    }

    private static List<Secret> proxyTokens(Settings settings) {
        return settings.text(Setting.LUDO_PROXY_TOKENS).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .map(token -> ServerSettings.secret("LUDO_PROXY_TOKENS", token))
                .toList();
    }

    private static Optional<JwtConfig> jwt(Settings settings) {
        Optional<String> url = settings.text(Setting.LUDO_JWKS_URL);
        Optional<String> issuer = settings.text(Setting.LUDO_JWT_ISSUER);
        Optional<String> audience = settings.text(Setting.LUDO_JWT_AUDIENCE);
        if (url.isEmpty() && issuer.isEmpty() && audience.isEmpty()) {
            return Optional.empty();
        }
        if (url.isEmpty() || issuer.isEmpty() || audience.isEmpty()) {
            throw new BadSettingException("LUDO_JWKS_URL, LUDO_JWT_ISSUER and LUDO_JWT_AUDIENCE must be set together");
        }
        try {
            URI keys = URI.create(url.get());
            // The same rules as for the API, but that a query may be part of it.
            String bare = url.get().replaceAll("\\?.*", "");
            BaseUri.check(URI.create(bare), settings.flag(Setting.LUDO_ALLOW_HTTP, false));
            return Optional.of(new JwtConfig(keys, issuer.get(), audience.get()));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("LUDO_JWKS_URL must be an https URL without user-info or fragment"
                    + " (plain http only for this machine, or with LUDO_ALLOW_HTTP=true)");
        }
    }

    private static Networks trustedProxies(Settings settings) {
        try {
            return settings.text(Setting.LUDO_TRUSTED_PROXIES)
                    .map(Networks::parse)
                    .orElse(Networks.NONE);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("LUDO_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8 with"
                    + " commas between: " + e.getMessage());
        }
    }

    private static WireLimits wire(Settings settings) {
        WireLimits usual = WireLimits.DEFAULT;
        return new WireLimits(
                usual.headBytes(),
                seconds(settings, Setting.LUDO_HEADER_SECONDS, usual.headWithin()),
                seconds(settings, Setting.LUDO_BODY_SECONDS, usual.bodyWithin()),
                seconds(settings, Setting.LUDO_IDLE_SECONDS, usual.idle()));
    }

    private static Duration seconds(Settings settings, Setting setting, Duration usual) {
        return Duration.ofSeconds(settings.integer(setting, 1, 86_400, (int) usual.toSeconds()));
    }
}
