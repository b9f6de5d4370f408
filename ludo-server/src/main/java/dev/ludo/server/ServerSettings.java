package dev.ludo.server;

import dev.ludo.client.BaseUri;
import dev.ludo.core.model.Secret;
import dev.ludo.server.cache.CacheConfig;
import dev.ludo.server.guard.Origins;
import dev.ludo.server.worker.WorkerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes configurations of settings; a setting that is missing or cannot be used is a {@link BadSettingException}. */
final class ServerSettings {
    private static final int PORT = 8000;
    private static final int WORKER_PORT = 8082;

    private final Settings settings;

    private ServerSettings(Settings settings) {
        this.settings = settings;
    }

    /** Reads all sources. */
    static ServerSettings load(Map<String, String> environment, Path directory, Consumer<String> warn) {
        Settings settings = Settings.load(environment, directory);
        settings.warnings().forEach(warn);
        if (settings.text(Setting.LUDO_REDIS_URL).isPresent()) {
            throw new BadSettingException(
                    "LUDO_REDIS_URL is not supported yet: each proxy keeps what it keeps by itself");
        }
        return new ServerSettings(settings);
    }

    /** What the proxy is told. */
    ServerConfig serve(Optional<Integer> port) {
        boolean allowHttp = settings.flag(Setting.LUDO_ALLOW_HTTP, false);
        URI apiBaseUrl = apiBaseUrl(allowHttp);
        return withWorker(besidesTheApi(ServerConfig.of(apiBaseUrl, apiKey()), "0.0.0.0", port)
                .withSockets(sockets(wsUrl(apiBaseUrl, allowHttp), 5))
                .withGuard(GuardSettings.read(settings, false, 600))
                .withAllowHttp(allowHttp)
                .withDrain(Duration.ofSeconds(15)));
    }

    /** What the demo is told. */
    DemoConfig demo(Optional<Integer> port) {
        ServerConfig none = ServerConfig.of(URI.create("http://localhost/v1"), Secret.of("none"));
        ServerConfig proxy = besidesTheApi(none, "127.0.0.1", port)
                .withSockets(sockets(none.sockets().upstream(), 0))
                .withGuard(GuardSettings.read(settings, true, 0));
        return new DemoConfig(
                proxy,
                settings.integer(Setting.LUDO_FAKE_RATE_LIMIT, 0, Integer.MAX_VALUE, 10_000),
                Duration.ofSeconds(settings.integer(Setting.LUDO_FAKE_TURN_SECONDS, 0, 86_400, 30)));
    }

    // What is read in one way whatever the API is.
    private ServerConfig besidesTheApi(ServerConfig config, String host, Optional<Integer> port) {
        ServerConfig listening =
                config.withAddress(settings.text(Setting.LUDO_HOST).orElse(host), port(port));
        ServerConfig all = adminPort(listening.port())
                .map(listening::withAdminPort)
                .orElse(listening)
                .withCache(cache())
                .withLogLevel(logLevel());
        return WebhookSettings.read(settings).map(all::withWebhooks).orElse(all);
    }

    /** What the process does. */
    Role role() {
        return Role.read(settings);
    }

    /** Where a worker that is a process of its own listens. */
    ServerConfig listening(Optional<Integer> port) {
        ServerConfig none = ServerConfig.of(URI.create("http://localhost/v1"), Secret.of("none"));
        return none.withAddress(
                        settings.text(Setting.LUDO_HOST).orElse("0.0.0.0"),
                        port.orElseGet(() -> settings.integer(Setting.LUDO_PORT, 0, 65535, WORKER_PORT)))
                .withLogLevel(logLevel());
    }

    /** What a worker is told. */
    WorkerConfig worker() {
        return WorkerSettings.read(settings);
    }

    private ServerConfig withWorker(ServerConfig config) {
        if (role() != Role.ALL) {
            return config;
        }
        if (config.webhooks().isEmpty()) {
            throw new BadSettingException(
                    "LUDO_ROLE is all, but no webhooks are taken: set LUDO_WEBHOOK_SECRETS or LUDO_PUBLIC_URL");
        }
        return config.withWorker(worker());
    }

    private int port(Optional<Integer> given) {
        return given.orElseGet(() -> settings.integer(Setting.LUDO_PORT, 0, 65535, PORT));
    }

    private Secret apiKey() {
        String text = settings.textOrFile(Setting.LUDO_API_KEY, Setting.LUDO_API_KEY_FILE)
                .orElseThrow(() -> new BadSettingException(
                        "LUDO_API_KEY is not set: the proxy needs the API's key, there or in LUDO_API_KEY_FILE"));
        return secret("LUDO_API_KEY", text.lines().findFirst().orElse("").strip());
    }

    static Secret secret(String name, String value) {
        try {
            return Secret.of(value);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(name + " must hold visible ASCII characters without spaces");
        }
    }

    private URI apiBaseUrl(boolean allowHttp) {
        String text = settings.text(Setting.LUDO_API_BASE_URL).orElse("https://api.ludokingapi.site/v1");
        try {
            return BaseUri.check(URI.create(text), allowHttp);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("LUDO_API_BASE_URL must be an https URL without user-info, query or fragment"
                    + " (plain http only for this machine, or with LUDO_ALLOW_HTTP=true)");
        }
    }

    private URI wsUrl(URI apiBaseUrl, boolean allowHttp) {
        Optional<String> text = settings.text(Setting.LUDO_WS_URL);
        if (text.isEmpty()) {
            return SocketConfig.besides(apiBaseUrl);
        }
        try {
            URI uri = URI.create(text.get());
            if (!"ws".equals(uri.getScheme()) && !"wss".equals(uri.getScheme())) {
                throw new IllegalArgumentException("no socket");
            }
            BaseUri.check(URI.create("http" + text.get().substring(2)), allowHttp);
            return uri;
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("LUDO_WS_URL must be a wss URL without user-info, query or fragment"
                    + " (plain ws only for this machine, or with LUDO_ALLOW_HTTP=true)");
        }
    }

    private SocketConfig sockets(URI upstream, int drainSeconds) {
        return new SocketConfig(
                upstream,
                origins(),
                settings.integer(Setting.LUDO_WS_MESSAGE_LIMIT, 0, 1_000_000, 100),
                settings.integer(Setting.LUDO_WS_PER_CLIENT, 1, 1_000_000, 100),
                settings.integer(Setting.LUDO_WS_TOTAL, 1, 1_000_000, 12_000),
                settings.integer(Setting.LUDO_WATCHERS_PER_ROOM, 1, 1_000_000, 10_000),
                settings.flag(Setting.LUDO_RELAY_RESUME, true),
                Duration.ofSeconds(settings.integer(Setting.LUDO_WS_DRAIN_SECONDS, 0, 3600, drainSeconds)));
    }

    private Origins origins() {
        String text = settings.text(Setting.CORS_ORIGINS).orElse("http://localhost:3000");
        try {
            return Origins.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("CORS_ORIGINS must be origins such as https://play.example.com with commas"
                    + " between, and no *; was \"" + text + '"');
        }
    }

    private Optional<Integer> adminPort(int port) {
        Optional<Integer> adminPort = settings.text(Setting.LUDO_ADMIN_PORT)
                .map(text -> settings.integer(Setting.LUDO_ADMIN_PORT, 0, 65535, 0));
        if (port != 0 && adminPort.equals(Optional.of(port))) {
            throw new BadSettingException("LUDO_ADMIN_PORT is " + port
                    + ", which is the port for callers; choose another with it, or with --port or LUDO_PORT");
        }
        return adminPort;
    }

    private CacheConfig cache() {
        CacheConfig usual = CacheConfig.DEFAULT;
        return usual.withLives(
                millis(Setting.LUDO_CACHE_ROOMS_MILLIS, usual.rooms()),
                millis(Setting.LUDO_CACHE_ROOM_MILLIS, usual.room()),
                millis(Setting.LUDO_CACHE_STATE_MILLIS, usual.state()),
                millis(Setting.LUDO_CACHE_LEADERBOARD_MILLIS, usual.leaderboard()));
    }

    private Duration millis(Setting setting, Duration usual) {
        return Duration.ofMillis(settings.integer(setting, 0, 86_400_000, (int) usual.toMillis()));
    }

    private System.Logger.Level logLevel() {
        String text = settings.text(Setting.LUDO_LOG_LEVEL).orElse("INFO");
        try {
            // YAML takes an OFF without quotes for a false.
            return text.equals("false")
                    ? System.Logger.Level.OFF
                    : System.Logger.Level.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(
                    "LUDO_LOG_LEVEL must be one of TRACE, DEBUG, INFO, WARNING, ERROR, OFF, was \"" + text + '"');
        }
    }
}
