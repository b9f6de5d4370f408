package dev.ludo.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code ./ludo fake} was told on its command line and by its settings. The command line wins. */
record FakeSettings(String host, int port, int rateLimit, Duration turnTime, List<String> warnings) {
    private static final int DEFAULT_PORT = 8081;

    /** A turn of more than a day is no turn. */
    private static final int MAX_TURN_SECONDS = 86_400;

    /** The settings of all programs of this project, which may share an environment and files. Most are not the fake's. */
    static final Set<String> KNOWN = Set.of(
            "CORS_ORIGINS",
            "LUDO_ADMIN_PORT",
            "LUDO_ALLOW_HTTP",
            "LUDO_API_BASE_URL",
            "LUDO_API_KEY",
            "LUDO_API_KEY_FILE",
            "LUDO_ARCHIVE_DAYS",
            "LUDO_BODY_SECONDS",
            "LUDO_CACHE_LEADERBOARD_MILLIS",
            "LUDO_CACHE_ROOMS_MILLIS",
            "LUDO_CACHE_ROOM_MILLIS",
            "LUDO_CACHE_STATE_MILLIS",
            "LUDO_CONFIG",
            "LUDO_DATA_DIR",
            "LUDO_FAKE_RATE_LIMIT",
            "LUDO_FAKE_TURN_SECONDS",
            "LUDO_FORWARD_SECRET",
            "LUDO_FORWARD_URLS",
            "LUDO_HEADER_SECONDS",
            "LUDO_HOST",
            "LUDO_IDLE_SECONDS",
            "LUDO_INBOX_DAYS",
            "LUDO_JAVA_HOME",
            "LUDO_JAVA_OPTS",
            "LUDO_JWKS_URL",
            "LUDO_JWT_AUDIENCE",
            "LUDO_JWT_ISSUER",
            "LUDO_LOG_LEVEL",
            "LUDO_MAX_CALLS",
            "LUDO_PORT",
            "LUDO_PROXY_TOKENS",
            "LUDO_PUBLIC_URL",
            "LUDO_RATE_LIMIT",
            "LUDO_REDIS_URL",
            "LUDO_RELAY_RESUME",
            "LUDO_ROLE",
            "LUDO_TRUSTED_PROXIES",
            "LUDO_TRUST_CALLERS",
            "LUDO_WEBHOOK_SECRETS",
            "LUDO_WATCHERS_PER_ROOM",
            "LUDO_WEBHOOK_SECRETS_FILE",
            "LUDO_WS_DRAIN_SECONDS",
            "LUDO_WS_MESSAGE_LIMIT",
            "LUDO_WS_PER_CLIENT",
            "LUDO_WS_TOTAL",
            "LUDO_WS_URL");

    /**
     * Reads them.
     *
     * @param settings the values by the names that the environment has for them
     * @throws IllegalArgumentException with one sentence that names what is wrong
     */
    static FakeSettings of(List<String> arguments, Map<String, String> settings) {
        int port = number("LUDO_PORT", settings, DEFAULT_PORT, 65_535);
        for (int i = 0; i < arguments.size(); i += 2) {
            String argument = arguments.get(i);
            if (!argument.equals("--port")) {
                throw new IllegalArgumentException("unknown argument " + argument + "; the fake knows --port only");
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException("--port needs a number from 0 to 65535");
            }
            port = number("--port", arguments.get(i + 1), 65_535);
        }
        String host = settings.getOrDefault("LUDO_HOST", "").strip();
        return new FakeSettings(
                host.isEmpty() ? "127.0.0.1" : host,
                port,
                number("LUDO_FAKE_RATE_LIMIT", settings, FakeLudo.DEFAULT_RATE_LIMIT, Integer.MAX_VALUE),
                Duration.ofSeconds(number(
                        "LUDO_FAKE_TURN_SECONDS",
                        settings,
                        (int) FakeLudo.DEFAULT_TURN_TIME.toSeconds(),
                        MAX_TURN_SECONDS)),
                warnings(settings));
    }

    private static int number(String name, Map<String, String> settings, int absent, int max) {
        String text = settings.getOrDefault(name, "").strip();
        return text.isEmpty() ? absent : number(name, text, max);
    }

    private static int number(String name, String text, int max) {
        boolean digits = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Long.parseLong(text) > max) {
            throw new IllegalArgumentException(name + " must be a number from 0 to " + max + ", was \"" + text + '"');
        }
        return Integer.parseInt(text);
    }

    private static List<String> warnings(Map<String, String> settings) {
        List<String> warnings = new ArrayList<>();
        settings.keySet().stream()
                .filter(name -> name.startsWith("LUDO_") && !KNOWN.contains(name))
                .sorted()
                .forEach(name -> warnings.add("unknown setting " + name + " is ignored"));
        return warnings;
    }
}
