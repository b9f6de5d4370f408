package dev.ludo.server;

import dev.ludo.core.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the demo is told when it starts.
 *
 * @param proxy what the proxy is told, but for where the fake is
 * @param fakeRateLimit how many calls a minute the fake takes, 0 for any number
 * @param fakeTurnTime how long a turn may take in the fake, zero for as long as players like
 */
public record DemoConfig(ServerConfig proxy, int fakeRateLimit, Duration fakeTurnTime) {

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
    public static DemoConfig load(
            Map<String, String> environment, Path directory, Optional<Integer> port, Consumer<String> warn) {
        return ServerSettings.load(environment, directory, warn).demo(port);
    }

    /**
     * The proxy's configuration once its upstream is there.
     *
     * @param apiBaseUrl where the fake is
     * @param apiKey the fake's key
     * @return the configuration
     */
    public ServerConfig against(URI apiBaseUrl, Secret apiKey) {
        return proxy.withApi(apiBaseUrl, apiKey);
    }
}
