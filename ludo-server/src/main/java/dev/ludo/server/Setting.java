package dev.ludo.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every setting of the proxy, by its name in the environment. */
enum Setting {
    CORS_ORIGINS,
    LUDO_ADMIN_PORT,
    LUDO_ALLOW_HTTP,
    LUDO_API_BASE_URL,
    LUDO_API_KEY,
    LUDO_API_KEY_FILE,
    LUDO_ARCHIVE_DAYS,
    LUDO_BODY_SECONDS,
    LUDO_CACHE_LEADERBOARD_MILLIS,
    LUDO_CACHE_ROOMS_MILLIS,
    LUDO_CACHE_ROOM_MILLIS,
    LUDO_CACHE_STATE_MILLIS,
    LUDO_DATA_DIR,
    LUDO_FAKE_RATE_LIMIT,
    LUDO_FAKE_TURN_SECONDS,
    LUDO_FORWARD_SECRET,
    LUDO_FORWARD_URLS,
    LUDO_HEADER_SECONDS,
    LUDO_HOST,
    LUDO_IDLE_SECONDS,
    LUDO_INBOX_DAYS,
    LUDO_JWKS_URL,
    LUDO_JWT_AUDIENCE,
    LUDO_JWT_ISSUER,
    LUDO_LOG_LEVEL,
    LUDO_MAX_CALLS,
    LUDO_PORT,
    LUDO_PROXY_TOKENS,
    LUDO_PUBLIC_URL,
    LUDO_RATE_LIMIT,
    LUDO_REDIS_URL,
    LUDO_RELAY_RESUME,
    LUDO_ROLE,
    LUDO_TRUSTED_PROXIES,
    LUDO_TRUST_CALLERS,
    LUDO_WATCHERS_PER_ROOM,
    LUDO_WEBHOOK_SECRETS,
    LUDO_WEBHOOK_SECRETS_FILE,
    LUDO_WS_DRAIN_SECONDS,
    LUDO_WS_MESSAGE_LIMIT,
    LUDO_WS_PER_CLIENT,
    LUDO_WS_TOTAL,
    LUDO_WS_URL;

    /** The name in a configuration file: {@code ludo.rate-limit} for {@code LUDO_RATE_LIMIT}. */
    String key() {
        String name = name().startsWith("LUDO_") ? name().substring("LUDO_".length()) : name();
        return "ludo." + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Setting> named(String environmentName) {
        return Arrays.stream(values())
                .filter(s -> s.name().equals(environmentName))
                .findFirst();
    }

    static boolean isKey(String key) {
        return Arrays.stream(values()).anyMatch(s -> s.key().equals(key));
    }
}
