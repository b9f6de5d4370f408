package dev.ludo.server;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The proxy.
 *
 * <p>Thread-safe. {@link #close} lets calls in flight finish first.
 */
public final class LudoServer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(LudoServer.class.getName());

    // How long sockets may take to say goodbye: the closing handshake, and a little.
    private static final Duration SOCKETS_LEAVE_WITHIN = Duration.ofSeconds(6);

    // For how long calls are still taken once the proxy has said that it ends; less if nobody is connected.
    private static final Duration READY_FOR = Duration.ofSeconds(2);

    private static final String PORT_SETTINGS = "--port, LUDO_PORT or LUDO_HOST";
    private static final String ADMIN_PORT_SETTING = "LUDO_ADMIN_PORT";

    private final Parts parts;
    private final WebServer web;

    private LudoServer(Parts parts, WebServer web) {
        this.parts = parts;
        this.web = web;
    }

    /**
     * Starts a proxy.
     *
     * @param config what it is told
     * @return the proxy, which listens
     * @throws BadSettingException if the address cannot be listened on
     */
    public static LudoServer start(ServerConfig config) {
        tryToListen(config);
        Parts parts = new Parts(config, config.webhooks().map(Webhooks::inbox));
        try {
            parts.work();
            WebServer web = parts.web().start();
            if (!web.isRunning()) {
                throw cannotListen(config);
            }
            if (config.guard().isOpen()) {
                LOGGER.log(
                        Level.WARNING,
                        "everybody who reaches this proxy may call it; set LUDO_PROXY_TOKENS or LUDO_JWKS_URL to change"
                                + " that");
            }
            LudoServer server = new LudoServer(parts, web);
            config.adminPort()
                    .ifPresent(port -> LOGGER.log(
                            Level.INFO,
                            "metrics and health for operators are at {0}",
                            Address.of(config.host(), server.adminPort())));
            return server;
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /**
     * Tries whether a proxy could listen.
     *
     * @param config what the proxy would be told
     * @throws BadSettingException if an address cannot be listened on; it names the setting that changes that one
     */
    // Helidon logs a stack trace where a port is busy and goes on, and throws one for an unknown host.
    public static void tryToListen(ServerConfig config) {
        tryToListen(config.host(), config.port(), PORT_SETTINGS);
        config.adminPort().ifPresent(port -> tryToListen(config.host(), port, ADMIN_PORT_SETTING));
    }

    private static void tryToListen(String host, int port, String settings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new BadSettingException("cannot listen on " + host + " port " + port + " (" + e.getMessage()
                    + "); choose another with " + settings);
        }
    }

    /** Says that an address was taken since it was tried. */
    static BadSettingException cannotListen(ServerConfig config) {
        return new BadSettingException("cannot listen on " + config.host() + " port " + config.port()
                + config.adminPort().map(port -> " or " + port).orElse("")
                + " (Address already in use); choose another with " + PORT_SETTINGS
                + config.adminPort()
                        .map(port -> ", or with " + ADMIN_PORT_SETTING)
                        .orElse(""));
    }

    /**
     * The port that it listens on.
     *
     * @return the port, also when the configuration left it open
     */
    public int port() {
        return web.port();
    }

    /**
     * The port for operators alone.
     *
     * @return the port, also when the configuration left it open; -1 if there is none
     */
    public int adminPort() {
        return web.port(Parts.ADMIN);
    }

    /**
     * Where it is reached from this machine.
     *
     * @return such as {@code http://localhost:8000}; with the address in place of localhost if it listens on that one alone
     */
    public URI uri() {
        return Address.of(parts.config.host(), port());
    }

    /**
     * What it serves to callers.
     *
     * @return each route by its method and template, such as {@code GET /rooms/{code}}
     */
    public List<String> routes() {
        return parts.routes.names();
    }

    /**
     * How many sockets are open.
     *
     * @return how many
     */
    public int openSockets() {
        return parts.sessions.open();
    }

    /**
     * Ends in order. First {@code /health/ready} says so and every answer ends its connection, while calls are still taken, so
     * that whoever spreads calls can look elsewhere. Then the sockets that are open are told to come back elsewhere, no more
     * connections are taken, and calls in flight finish for as long as the configuration grants. A connection without a call ends once
     * it has been quiet for a while, so that a call which is just coming in on it is still served.
     */
    @Override
    public void close() {
        Duration drain = parts.config.drain();
        parts.health.drain();
        parts.connections.drain(READY_FOR.compareTo(drain.dividedBy(10)) < 0 ? READY_FOR : drain.dividedBy(10));
        parts.sessions.drain(
                parts.config.sockets().drain(),
                drain.compareTo(SOCKETS_LEAVE_WITHIN) < 0 ? drain : SOCKETS_LEAVE_WITHIN);
        parts.ofOperators.drain(Duration.ZERO);
        web.stop();
        parts.close();
    }
}
