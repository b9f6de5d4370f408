package dev.ludo.server;

import dev.ludo.core.model.Secret;
import dev.ludo.server.cache.CacheConfig;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.webhook.WebhookConfig;
import dev.ludo.server.worker.WorkerConfig;
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
 * @param webhooks how the API's webhooks are taken; empty if they are not
 * @param worker what works on webhooks in this process; empty if another process does, or none
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
        Optional<WebhookConfig> webhooks,
        Optional<WorkerConfig> worker,
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
                Optional.empty(),
                Optional.empty(),
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
        Draft draft = new Draft(this);
        draft.guard = newGuard;
        return draft.config();
    }

    /**
     * The same with a port for operators alone.
     *
     * @param newAdminPort the port, 0 for any free one
     * @return a new configuration
     */
    public ServerConfig withAdminPort(int newAdminPort) {
        Draft draft = new Draft(this);
        draft.adminPort = Optional.of(newAdminPort);
        return draft.config();
    }

    /**
     * The same with another time to end in.
     *
     * @param newDrain how long calls in flight may take to finish when the process is told to end
     * @return a new configuration
     */
    public ServerConfig withDrain(Duration newDrain) {
        Draft draft = new Draft(this);
        draft.drain = newDrain;
        return draft.config();
    }

    /**
     * The same with other lives of answers.
     *
     * @param newCache how long answers are kept
     * @return a new configuration
     */
    public ServerConfig withCache(CacheConfig newCache) {
        Draft draft = new Draft(this);
        draft.cache = newCache;
        return draft.config();
    }

    /**
     * The same, taking the API's webhooks.
     *
     * @param newWebhooks how they are taken
     * @return a new configuration
     */
    public ServerConfig withWebhooks(WebhookConfig newWebhooks) {
        Draft draft = new Draft(this);
        draft.webhooks = Optional.of(newWebhooks);
        return draft.config();
    }

    /**
     * The same, taking no webhooks, and without a worker.
     *
     * @return a new configuration
     */
    public ServerConfig withoutWebhooks() {
        Draft draft = new Draft(this);
        draft.webhooks = Optional.empty();
        draft.worker = Optional.empty();
        return draft.config();
    }

    /**
     * The same, with a worker in this process.
     *
     * @param newWorker what it is told
     * @return a new configuration
     */
    public ServerConfig withWorker(WorkerConfig newWorker) {
        Draft draft = new Draft(this);
        draft.worker = Optional.of(newWorker);
        return draft.config();
    }

    /**
     * The same with other sockets.
     *
     * @param newSockets what holds for sockets
     * @return a new configuration
     */
    public ServerConfig withSockets(SocketConfig newSockets) {
        Draft draft = new Draft(this);
        draft.sockets = newSockets;
        return draft.config();
    }

    /**
     * The same at another address.
     *
     * @param newHost the address to listen on
     * @param newPort the port to listen on, 0 for any free one
     * @return a new configuration
     */
    public ServerConfig withAddress(String newHost, int newPort) {
        Draft draft = new Draft(this);
        draft.host = newHost;
        draft.port = newPort;
        return draft.config();
    }

    /**
     * The same with more or less patience for the API.
     *
     * @param newUpstream how patiently it is asked
     * @return a new configuration
     */
    public ServerConfig withUpstream(UpstreamConfig newUpstream) {
        Draft draft = new Draft(this);
        draft.upstream = newUpstream;
        return draft.config();
    }

    /**
     * The same before another API.
     *
     * @param newApiBaseUrl where the API is; its socket is taken to be beside it
     * @param newApiKey the key that goes there
     * @return a new configuration
     */
    public ServerConfig withApi(URI newApiBaseUrl, Secret newApiKey) {
        Draft draft = new Draft(this);
        draft.apiBaseUrl = newApiBaseUrl;
        draft.apiKey = newApiKey;
        draft.sockets = sockets.to(SocketConfig.besides(newApiBaseUrl));
        return draft.config();
    }

    /**
     * The same where the key may go unencrypted to another machine, or may not.
     *
     * @param allow whether it may
     * @return a new configuration
     */
    public ServerConfig withAllowHttp(boolean allow) {
        Draft draft = new Draft(this);
        draft.allowHttp = allow;
        return draft.config();
    }

    /**
     * The same with more or less in the log.
     *
     * @param newLogLevel the least severe level that is logged
     * @return a new configuration
     */
    public ServerConfig withLogLevel(System.Logger.Level newLogLevel) {
        Draft draft = new Draft(this);
        draft.logLevel = newLogLevel;
        return draft.config();
    }

    // A copy whose parts can be replaced one by one.
    private static final class Draft {
        private String host;
        private int port;
        private Optional<Integer> adminPort;
        private Secret apiKey;
        private URI apiBaseUrl;
        private UpstreamConfig upstream;
        private SocketConfig sockets;
        private GuardConfig guard;
        private CacheConfig cache;
        private Optional<WebhookConfig> webhooks;
        private Optional<WorkerConfig> worker;
        private boolean allowHttp;
        private System.Logger.Level logLevel;
        private Duration drain;

        Draft(ServerConfig config) {
            host = config.host;
            port = config.port;
            adminPort = config.adminPort;
            apiKey = config.apiKey;
            apiBaseUrl = config.apiBaseUrl;
            upstream = config.upstream;
            sockets = config.sockets;
            guard = config.guard;
            cache = config.cache;
            webhooks = config.webhooks;
            worker = config.worker;
            allowHttp = config.allowHttp;
            logLevel = config.logLevel;
            drain = config.drain;
        }

        ServerConfig config() {
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
                    webhooks,
                    worker,
                    allowHttp,
                    logLevel,
                    drain);
        }
    }
}
