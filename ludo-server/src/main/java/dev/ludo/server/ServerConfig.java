package dev.ludo.server;

import dev.ludo.client.BaseUri;
import dev.ludo.core.model.Secret;
import dev.ludo.server.cache.CacheConfig;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.Origins;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the proxy is told when it starts.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one
 * @param adminPort the port on which alone operators are told metrics, 0 for any free one; without it the other port tells
 * @param apiKey the key that goes upstream
 * @param apiBaseUrl where the API is
 * @param sockets what holds for sockets
 * @param guard what holds for callers
 * @param cache how long answers are kept
 * @param allowHttp whether the key may go unencrypted to another machine
 * @param logLevel the least severe level that is logged
 * @param drain how long calls in flight may take to finish when the process is told to end
 */
public record ServerConfig(
        String host,
        int port,
        Optional<Integer> adminPort,
        Secret apiKey,
        URI apiBaseUrl,
        SocketConfig sockets,
        GuardConfig guard,
        CacheConfig cache,
        boolean allowHttp,
        System.Logger.Level logLevel,
        Duration drain) {

    /**
     * The configuration that needs to be told nothing but the upstream: on this machine only, any free port, callers are
     * not trusted.
     *
     * @param apiBaseUrl where the API is
     * @param apiKey the key that goes there
     * @return the configuration
     */
    public static ServerConfig of(URI apiBaseUrl, Secret apiKey) {
        return new ServerConfig(
                "127.0.0.1",
                0,
                Optional.empty(),
                apiKey,
                apiBaseUrl,
                SocketConfig.of(SocketConfig.besides(apiBaseUrl)),
                GuardConfig.DEFAULT,
                CacheConfig.DEFAULT,
                false,
                System.Logger.Level.INFO,
                Duration.ofSeconds(2));
    }

    /**
     * Reads the settings that {@code serve} takes.
     *
     * @param environment the environment's variables
     * @param directory where a file {@code .env} may lie
     * @param port the port, when it was given on the command line
     * @param warn takes a sentence on each variable that is not understood
     * @return the configuration
     * @throws BadSettingException if one is missing or cannot be used
     */
    public static ServerConfig load(
            Map<String, String> environment, Path directory, Optional<Integer> port, Consumer<String> warn) {
        Settings settings = Settings.load(environment, directory);
        settings.warnings().forEach(warn);
        boolean allowHttp = settings.flag(Setting.LUDO_ALLOW_HTTP, false);
        URI apiBaseUrl = apiBaseUrl(settings, allowHttp);
        return new ServerConfig(
                settings.text(Setting.LUDO_HOST).orElse("0.0.0.0"),
                port.orElseGet(() -> settings.integer(Setting.LUDO_PORT, 0, 65535, 8000)),
                adminPort(settings),
                apiKey(settings),
                apiBaseUrl,
                sockets(settings, wsUrl(settings, apiBaseUrl, allowHttp)),
                GuardSettings.read(settings, false, 600),
                cache(settings),
                allowHttp,
                logLevel(settings),
                Duration.ofSeconds(20));
    }

    /**
     * Reads the settings that the demo takes: its upstream is inside, it listens on this machine only unless told otherwise,
     * and it trusts its callers, so that curl alone can play.
     *
     * @param environment the environment's variables
     * @param directory where a file {@code .env} may lie
     * @param port the port, when it was given on the command line
     * @param warn takes a sentence on each variable that is not understood
     * @return the configuration, and how the upstream is to be
     * @throws BadSettingException if a setting cannot be used
     */
    public static Demo loadDemo(
            Map<String, String> environment, Path directory, Optional<Integer> port, Consumer<String> warn) {
        Settings settings = Settings.load(environment, directory);
        settings.warnings().forEach(warn);
        return new Demo(
                settings.text(Setting.LUDO_HOST).orElse("127.0.0.1"),
                port.orElseGet(() -> settings.integer(Setting.LUDO_PORT, 0, 65535, 8000)),
                adminPort(settings),
                GuardSettings.read(settings, true, 0),
                cache(settings),
                logLevel(settings),
                sockets(settings, URI.create("ws://localhost/ws")),
                settings.integer(Setting.LUDO_FAKE_RATE_LIMIT, 0, Integer.MAX_VALUE, 10_000),
                Duration.ofSeconds(settings.integer(Setting.LUDO_FAKE_TURN_SECONDS, 0, 86_400, 30)));
    }

    /**
     * What the demo is told when it starts.
     *
     * @param host the address that the proxy listens on
     * @param port the port that the proxy listens on, 0 for any free one
     * @param adminPort the port on which alone operators are told metrics
     * @param guard what holds for callers
     * @param cache how long answers are kept
     * @param logLevel the least severe level that is logged
     * @param sockets what holds for sockets, but for where the fake's is
     * @param fakeRateLimit how many calls a minute the fake takes, 0 for any number
     * @param fakeTurnTime how long a turn may take in the fake, zero for as long as players like
     */
    public record Demo(
            String host,
            int port,
            Optional<Integer> adminPort,
            GuardConfig guard,
            CacheConfig cache,
            System.Logger.Level logLevel,
            SocketConfig sockets,
            int fakeRateLimit,
            Duration fakeTurnTime) {

        /**
         * The proxy's configuration once its upstream is there.
         *
         * @param apiBaseUrl where the fake is
         * @param apiKey the fake's key
         * @return the configuration
         */
        public ServerConfig against(URI apiBaseUrl, Secret apiKey) {
            return new ServerConfig(
                    host,
                    port,
                    adminPort,
                    apiKey,
                    apiBaseUrl,
                    sockets.to(SocketConfig.besides(apiBaseUrl)),
                    guard,
                    cache,
                    false,
                    logLevel,
                    Duration.ofSeconds(2));
        }
    }

    private static Secret apiKey(Settings settings) {
        Optional<String> key = settings.text(Setting.LUDO_API_KEY);
        Optional<String> file = settings.text(Setting.LUDO_API_KEY_FILE);
        if (key.isPresent() && file.isPresent()) {
            throw new BadSettingException("LUDO_API_KEY and LUDO_API_KEY_FILE are both set; one of them is enough");
        }
        if (file.isPresent()) {
            return secret("LUDO_API_KEY_FILE", firstLine(file.get()));
        }
        return secret(
                "LUDO_API_KEY",
                key.orElseThrow(() -> new BadSettingException(
                        "LUDO_API_KEY is not set: the proxy needs the API's key, there or in LUDO_API_KEY_FILE")));
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
        } catch (IOException | InvalidPathException e) {
            throw new BadSettingException("LUDO_API_KEY_FILE names a file that cannot be read: " + file);
        }
    }

    static Secret secret(String name, String value) {
        try {
            return Secret.of(value);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(name + " must hold visible ASCII characters without spaces");
        }
    }

    private static URI apiBaseUrl(Settings settings, boolean allowHttp) {
        String text = settings.text(Setting.LUDO_API_BASE_URL).orElse("https://api.ludokingapi.site/v1");
        try {
            return BaseUri.check(URI.create(text), allowHttp);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("LUDO_API_BASE_URL must be an https URL without user-info, query or fragment"
                    + " (plain http only for this machine, or with LUDO_ALLOW_HTTP=true)");
        }
    }

    private static URI wsUrl(Settings settings, URI apiBaseUrl, boolean allowHttp) {
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

    private static SocketConfig sockets(Settings settings, URI upstream) {
        return new SocketConfig(
                upstream,
                origins(settings),
                settings.integer(Setting.LUDO_WS_MESSAGE_LIMIT, 0, 1_000_000, 100),
                settings.integer(Setting.LUDO_WS_PER_CLIENT, 1, 1_000_000, 100),
                settings.integer(Setting.LUDO_WS_TOTAL, 1, 1_000_000, 12_000));
    }

    private static Origins origins(Settings settings) {
        String text = settings.text(Setting.CORS_ORIGINS).orElse("http://localhost:3000");
        try {
            return Origins.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("CORS_ORIGINS must be origins such as https://play.example.com with commas"
                    + " between, and no *; was \"" + text + '"');
        }
    }

    private static Optional<Integer> adminPort(Settings settings) {
        return settings.text(Setting.LUDO_ADMIN_PORT)
                .map(text -> settings.integer(Setting.LUDO_ADMIN_PORT, 0, 65535, 0));
    }

    private static CacheConfig cache(Settings settings) {
        CacheConfig usual = CacheConfig.DEFAULT;
        return usual.withLives(
                millis(settings, Setting.LUDO_CACHE_ROOMS_MILLIS, usual.rooms()),
                millis(settings, Setting.LUDO_CACHE_ROOM_MILLIS, usual.room()),
                millis(settings, Setting.LUDO_CACHE_STATE_MILLIS, usual.state()),
                millis(settings, Setting.LUDO_CACHE_LEADERBOARD_MILLIS, usual.leaderboard()));
    }

    private static Duration millis(Settings settings, Setting setting, Duration usual) {
        return Duration.ofMillis(settings.integer(setting, 0, 86_400_000, (int) usual.toMillis()));
    }

    private static System.Logger.Level logLevel(Settings settings) {
        String text = settings.text(Setting.LUDO_LOG_LEVEL).orElse("INFO");
        try {
            return System.Logger.Level.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(
                    "LUDO_LOG_LEVEL must be one of TRACE, DEBUG, INFO, WARNING, ERROR, OFF, was \"" + text + '"');
        }
    }

    /**
     * The same with tokens of which callers must show one.
     *
     * @param tokens the tokens
     * @return a new configuration
     */
    public ServerConfig withProxyTokens(Secret... tokens) {
        return withGuard(guard.withProxyTokens(List.of(tokens)));
    }

    /**
     * The same with callers that may act without a token of their own.
     *
     * @param trust whether they may
     * @return a new configuration
     */
    public ServerConfig withTrustCallers(boolean trust) {
        return withGuard(guard.withTrustCallers(trust));
    }

    /**
     * The same with other guards.
     *
     * @param newGuard what holds for callers
     * @return a new configuration
     */
    public ServerConfig withGuard(GuardConfig newGuard) {
        return new ServerConfig(
                host, port, adminPort, apiKey, apiBaseUrl, sockets, newGuard, cache, allowHttp, logLevel, drain);
    }

    /**
     * The same with a port for operators alone.
     *
     * @param newAdminPort the port, 0 for any free one
     * @return a new configuration
     */
    public ServerConfig withAdminPort(int newAdminPort) {
        return new ServerConfig(
                host,
                port,
                Optional.of(newAdminPort),
                apiKey,
                apiBaseUrl,
                sockets,
                guard,
                cache,
                allowHttp,
                logLevel,
                drain);
    }

    /**
     * The same with another time to end in.
     *
     * @param newDrain how long calls in flight may take to finish when the process is told to end
     * @return a new configuration
     */
    public ServerConfig withDrain(Duration newDrain) {
        return new ServerConfig(
                host, port, adminPort, apiKey, apiBaseUrl, sockets, guard, cache, allowHttp, logLevel, newDrain);
    }

    /**
     * The same with other lives of answers.
     *
     * @param newCache how long answers are kept
     * @return a new configuration
     */
    public ServerConfig withCache(CacheConfig newCache) {
        return new ServerConfig(
                host, port, adminPort, apiKey, apiBaseUrl, sockets, guard, newCache, allowHttp, logLevel, drain);
    }

    /**
     * The same with other sockets.
     *
     * @param newSockets what holds for sockets
     * @return a new configuration
     */
    public ServerConfig withSockets(SocketConfig newSockets) {
        return new ServerConfig(
                host, port, adminPort, apiKey, apiBaseUrl, newSockets, guard, cache, allowHttp, logLevel, drain);
    }

    /**
     * The same at another address.
     *
     * @param newHost the address to listen on
     * @param newPort the port to listen on, 0 for any free one
     * @return a new configuration
     */
    public ServerConfig withAddress(String newHost, int newPort) {
        return new ServerConfig(
                newHost, newPort, adminPort, apiKey, apiBaseUrl, sockets, guard, cache, allowHttp, logLevel, drain);
    }
}
