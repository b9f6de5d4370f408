package dev.ludo.testkit;

import dev.ludo.testkit.journal.JournalRecorder;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/**
 * The HTTP server beneath the fake. It takes nothing from the class path of whoever uses the test kit: no features, no
 * protocols, no encodings that happen to lie there.
 */
final class HelidonServer {
    /** How long calls that are being answered may take once the server stops. */
    private static final Duration GRACE = Duration.ofMillis(50);

    /** Far above what the API takes, which answers by itself; only there so that no single chunk fills the memory. */
    private static final long LARGEST_BODY = 2L * 1024 * 1024;

    private final WebServer server;

    private final int port;

    private HelidonServer(WebServer server) {
        this.server = server;
        this.port = server.port();
    }

    /**
     * Starts it.
     *
     * @param port 0 for a free one
     * @throws UncheckedIOException if it cannot listen there
     */
    static HelidonServer start(
            String host, int port, Handler front, Http1Upgrader sockets, Wires wires, JournalRecorder journal) {
        tryToListen(host, port);
        FakeConnections connections = new FakeConnections(
                Http1ConnectionSelector.builder()
                        .config(Http1Config.builder()
                                .addSendListener(new BareAnswers())
                                .build())
                        .putUpgrader(sockets.supportedProtocol(), sockets)
                        .build(),
                wires);
        WebServer server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .contentEncoding(new BodiesAsTheyAre())
                .mediaContext(MediaContext.builder()
                        .mediaSupportsDiscoverServices(false)
                        .build())
                .connectionOptions(wires.options())
                .maxPayloadSize(LARGEST_BODY)
                .idleConnectionPeriod(FakeConnections.IDLE_PERIOD)
                .addConnectionSelector(connections)
                .directHandlers(BelowRouting.forAll(journal))
                .routing(HttpRouting.builder().any(front))
                .build()
                .start();
        if (!server.isRunning()) {
            throw cannotListen(host, port, new BindException("Address already in use"));
        }
        try {
            connections.endIdleTimer(host, server.port());
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
        return new HelidonServer(server);
    }

    /** Helidon would log a stack trace and go on; so the address is tried first. */
    private static void tryToListen(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw cannotListen(host, port, e);
        }
    }

    private static UncheckedIOException cannotListen(String host, int port, IOException e) {
        return new UncheckedIOException("cannot listen on " + host + ':' + port + ": " + e.getMessage(), e);
    }

    int port() {
        return port;
    }

    /** Stops it. A caller who has been interrupted stops it all the same. */
    void stop() {
        boolean interrupted = Thread.interrupted();
        try {
            server.stop();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
