package dev.ludo.server;

import dev.ludo.core.model.Secret;
import dev.ludo.server.cache.CacheConfig;
import dev.ludo.server.guard.GuardConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * @param upstream how patiently the API is asked
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
        UpstreamConfig upstream,
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
                UpstreamConfig.DEFAULT,
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
        return ServerSettings.load(environment, directory, warn).serve(port);
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
                host,
                port,
                adminPort,
                apiKey,
                apiBaseUrl,
                upstream,
                sockets,
                newGuard,
                cache,
                allowHttp,
                logLevel,
                drain);
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
                upstream,
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
                host,
                port,
                adminPort,
                apiKey,
                apiBaseUrl,
                upstream,
                sockets,
                guard,
                cache,
                allowHttp,
                logLevel,
                newDrain);
    }

    /**
     * The same with other lives of answers.
     *
     * @param newCache how long answers are kept
     * @return a new configuration
     */
    public ServerConfig withCache(CacheConfig newCache) {
        return new ServerConfig(
                host,
                port,
                adminPort,
                apiKey,
                apiBaseUrl,
                upstream,
                sockets,
                guard,
                newCache,
                allowHttp,
                logLevel,
                drain);
    }

    /**
     * The same with other sockets.
     *
     * @param newSockets what holds for sockets
     * @return a new configuration
     */
    public ServerConfig withSockets(SocketConfig newSockets) {
        return new ServerConfig(
                host,
                port,
                adminPort,
                apiKey,
                apiBaseUrl,
                upstream,
                newSockets,
                guard,
                cache,
                allowHttp,
                logLevel,
                drain);
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
                newHost,
                newPort,
                adminPort,
                apiKey,
                apiBaseUrl,
                upstream,
                sockets,
                guard,
                cache,
                allowHttp,
                logLevel,
                drain);
    }

    /**
     * The same with more or less patience for the API.
     *
     * @param newUpstream how patiently it is asked
     * @return a new configuration
     */
    public ServerConfig withUpstream(UpstreamConfig newUpstream) {
        return new ServerConfig(
                host,
                port,
                adminPort,
                apiKey,
                apiBaseUrl,
                newUpstream,
                sockets,
                guard,
                cache,
                allowHttp,
                logLevel,
                drain);
    }
}
