package dev.ludo.server.guard;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.Socket;
import java.util.Set;

/**
 * Stands between the sockets and the web server's HTTP: whatever a peer does, its connection ends in time, and with an answer
 * that it gets to see. Thread-safe.
 */
public final class GuardedConnections implements ServerConnectionSelector {
    private final ServerConnectionSelector http;
    private final AcceptedSockets sockets = new AcceptedSockets();

    /**
     * Guards what another serves.
     *
     * @param http serves the requests
     */
    public GuardedConnections(ServerConnectionSelector http) {
        this.http = http;
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
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
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
        return new GuardedConnection(http.connection(context), socket);
    }
}
