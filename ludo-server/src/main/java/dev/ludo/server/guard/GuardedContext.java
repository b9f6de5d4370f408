package dev.ludo.server.guard;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection as the web server sees it: read through the gate, and written under a watch. */
final class GuardedContext implements ConnectionContext {
    private final ConnectionContext context;
    private final HttpGate gate;
    private final DataReader reader;
    private final StallWatch writer;
    private boolean bare;

    GuardedContext(ConnectionContext context, HttpGate gate, StallWatch writer) {
        this.context = context;
        this.gate = gate;
        this.reader = new DataReader(gate);
        this.writer = writer;
    }

    HttpGate gate() {
        return gate;
    }

    /** With what the next answer begins; called by the connection's thread alone. */
    void answers(Status status) {
        bare = status.code() == 204 || status.code() == 304;
    }

    /** Whether that answer has no body by its status. */
    boolean answersBarely() {
        return bare;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public Router router() {
        return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }
}
