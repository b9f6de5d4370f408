package dev.ludo.server;

import dev.ludo.server.guard.Origins;
import java.net.URI;

/**
 * What the proxy is told about sockets.
 *
 * @param upstream where the API's socket is
 * @param origins whose pages may connect
 * @param messageLimit how many messages a client may send in 20 seconds, 0 for any number
 * @param perClient how many sockets one client may have open
 * @param total how many sockets may be open
 */
public record SocketConfig(URI upstream, Origins origins, int messageLimit, int perClient, int total) {
    /**
     * The usual limits, no foreign origins.
     *
     * @param upstream where the API's socket is
     * @return the configuration
     */
    public static SocketConfig of(URI upstream) {
        return new SocketConfig(upstream, Origins.NONE, 100, 100, 12_000);
    }

    /**
     * Where the socket of an API is, unless it is said: beside its base, at {@code /ws}.
     *
     * @param base the base of the REST calls
     * @return ws or wss
     */
    public static URI besides(URI base) {
        return URI.create((base.getScheme().equals("http") ? "ws://" : "wss://") + base.getRawAuthority() + "/ws");
    }

    /**
     * The same with another upstream.
     *
     * @param newUpstream where the API's socket is
     * @return a new configuration
     */
    public SocketConfig to(URI newUpstream) {
        return new SocketConfig(newUpstream, origins, messageLimit, perClient, total);
    }

    /**
     * The same with another limit of messages.
     *
     * @param limit how many in 20 seconds, 0 for any number
     * @return a new configuration
     */
    public SocketConfig withMessageLimit(int limit) {
        return new SocketConfig(upstream, origins, limit, perClient, total);
    }

    /**
     * The same with other limits of sockets.
     *
     * @param newPerClient how many one client may have open
     * @param newTotal how many may be open
     * @return a new configuration
     */
    public SocketConfig withLimits(int newPerClient, int newTotal) {
        return new SocketConfig(upstream, origins, messageLimit, newPerClient, newTotal);
    }

    /**
     * The same with other origins.
     *
     * @param newOrigins whose pages may connect
     * @return a new configuration
     */
    public SocketConfig withOrigins(Origins newOrigins) {
        return new SocketConfig(upstream, newOrigins, messageLimit, perClient, total);
    }
}
