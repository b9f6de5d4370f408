package dev.ludo.server.guard;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.Socket;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * Stands between the sockets and the web server's HTTP: whatever a peer does, its connection ends in time, and with an answer
 * that it gets to see. Thread-safe.
 */
public final class GuardedConnections implements ServerConnectionSelector {
    private final ServerConnectionSelector http;
    private final WireLimits limits;
    private final AcceptedSockets sockets = new AcceptedSockets();
    private final IdleWatch idle = new IdleWatch(System::nanoTime);
    private final OpenConnections open = new OpenConnections();
    private volatile Duration longestWait = ChronoUnit.FOREVER.getDuration();

    /**
     * Guards connections of HTTP/1.1.
     *
     * @param limits how much a peer may take
     * @param upgraders make something else of a connection, on request
     */
    public GuardedConnections(WireLimits limits, List<Http1Upgrader> upgraders) {
        this.limits = limits;
        this.http = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(limits.headBytes())
                        .maxHeadersSize(limits.headBytes())
                        .sendLog(false)
                        .receiveLog(false)
                        .addSendListener(new BareAnswers())
                        .build())
                .update(selector -> upgraders.forEach(upgrader -> selector.addUpgrader(new GateUpgrader(upgrader))))
                .build();
    }

    /**
     * The options that the web server must have for the guard to work.
     *
     * @return the options, which are this guard's alone
     */
    public SocketOptions socketOptions() {
        return sockets;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED; // whatever it is, it gets an answer
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Socket socket = sockets.take(context.remotePeer().address());
        if (socket == null) {
            throw new CloseConnectionException("the web server was not given this guard's socket options");
        }
        IdleWatch.Wait wait = idle.watch(socket);
        HttpGate gate = new HttpGate(
                new SocketSource(context.serverSocket(), socket, wait), limits, () -> longestWait, System::nanoTime);
        StallWatch writer = new StallWatch(context.dataWriter(), System::nanoTime);
        ServerConnection served = http.connection(new GuardedContext(context, gate, writer));
        return new GuardedConnection(served, socket, gate, writer, () -> longestWait, wait, open);
    }

    /**
     * How many connections are open.
     *
     * @return how many
     */
    public int open() {
        return open.count();
    }

    /**
     * Begins the end: from now on a connection ends once nothing has been asked on it for a while. Waits for that while, or until
     * none is open.
     *
     * @param quiet how long a connection may wait for a call
     */
    public void drain(Duration quiet) {
        longestWait = quiet;
        open.awaitNone(quiet);
    }
}
