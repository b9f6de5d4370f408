package dev.ludo.server.guard;

import io.helidon.common.socket.SocketOptions;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The web server's socket options, which are shown each socket once, when it is accepted. Nobody else is shown it, and without
 * it there is no deadline for a read and no end of what is sent while the rest is still read. So it is kept here until the
 * connection is made.
 */
final class AcceptedSockets implements SocketOptions {
    private final SocketOptions options =
            SocketOptions.builder().tcpNoDelay(true).build();
    private final Map<SocketAddress, Socket> byPeer = new ConcurrentHashMap<>();

    @Override
    public void configureSocket(Socket socket) {
        options.configureSocket(socket);
        byPeer.put(socket.getRemoteSocketAddress(), socket);
    }

    /** The socket of a peer, once. */
    @Nullable
    Socket take(SocketAddress peer) {
        return byPeer.remove(peer);
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
