package dev.ludo.server;

import dev.ludo.server.guard.Origins;
import java.net.URI;
import java.time.Duration;

/**
 * What the proxy is told about sockets.
 *
 * @param upstream where the API's socket is
 * @param origins whose pages may connect
 * @param messageLimit how many messages a client may send in 20 seconds, 0 for any number
 * @param perClient how many sockets one client may have open
 * @param total how many sockets may be open
 * @param watchersPerRoom how many may watch one room
 * @param resumes whether the API's side is made anew behind the client's back when it is lost
 * @param drain over how long the sockets that are open are told to go when the proxy ends, not negative
 */
public record SocketConfig(
        URI upstream,
        Origins origins,
        int messageLimit,
        int perClient,
        int total,
        int watchersPerRoom,
        boolean resumes,
        Duration drain) {
    /**
     * The usual limits, no foreign origins; sockets are told to go all at once.
     *
     * @param upstream where the API's socket is
     * @return the configuration
     */
    public static SocketConfig of(URI upstream) {
        return new SocketConfig(upstream, Origins.NONE, 100, 100, 12_000, 10_000, true, Duration.ZERO);
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
        return new SocketConfig(newUpstream, origins, messageLimit, perClient, total, watchersPerRoom, resumes, drain);
    }

    /**
     * The same with another limit of messages.
     *
     * @param limit how many in 20 seconds, 0 for any number
     * @return a new configuration
     */
    public SocketConfig withMessageLimit(int limit) {
        return new SocketConfig(upstream, origins, limit, perClient, total, watchersPerRoom, resumes, drain);
    }

    /**
     * The same with other limits of sockets.
     *
     * @param newPerClient how many one client may have open
     * @param newTotal how many may be open
     * @return a new configuration
     */
    public SocketConfig withLimits(int newPerClient, int newTotal) {
        return new SocketConfig(
                upstream, origins, messageLimit, newPerClient, newTotal, watchersPerRoom, resumes, drain);
    }

    /**
     * The same with another limit of watchers.
     *
     * @param limit how many may watch one room
     * @return a new configuration
     */
    public SocketConfig withWatchersPerRoom(int limit) {
        return new SocketConfig(upstream, origins, messageLimit, perClient, total, limit, resumes, drain);
    }

    /**
     * The same with other origins.
     *
     * @param newOrigins whose pages may connect
     * @return a new configuration
     */
    public SocketConfig withOrigins(Origins newOrigins) {
        return new SocketConfig(upstream, newOrigins, messageLimit, perClient, total, watchersPerRoom, resumes, drain);
    }

    /**
     * The same with or without an API's side that is made anew.
     *
     * @param newResumes whether it is
     * @return a new configuration
     */
    public SocketConfig withResumes(boolean newResumes) {
        return new SocketConfig(upstream, origins, messageLimit, perClient, total, watchersPerRoom, newResumes, drain);
    }

    /**
     * The same with another time to drain in.
     *
     * @param newDrain over how long sockets are told to go, not negative
     * @return a new configuration
     */
    public SocketConfig withDrain(Duration newDrain) {
        return new SocketConfig(upstream, origins, messageLimit, perClient, total, watchersPerRoom, resumes, newDrain);
    }
}
