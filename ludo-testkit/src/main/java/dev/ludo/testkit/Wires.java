package dev.ludo.testkit;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The TCP connections of a fake. Helidon keeps their sockets to itself, but lets the options of a new one be set: there each
 * is caught, and found again by its peer's address once its connection begins. Thread-safe.
 */
final class Wires {
    /** Helidon serves a connection on one thread from its beginning to its end. */
    private static final ThreadLocal<Wire> CURRENT = new ThreadLocal<>();

    private final Map<SocketAddress, Socket> accepted = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Set<Wire> stalled = new HashSet<>();
    private long releases;

    /** Sets the options of a new connection, and catches its socket. */
    SocketOptions options() {
        return new Catching(accepted);
    }

    /** A connection begins, on its thread. */
    Wire begin(ConnectionContext context) {
        Socket socket = Optional.ofNullable(accepted.remove(context.remotePeer().address()))
                .orElseThrow();
        Wire wire = new Wire(context, socket, count::incrementAndGet);
        CURRENT.set(wire);
        return wire;
    }

    /** The connection on whose thread the caller is. */
    static Wire current() {
        return Optional.ofNullable(CURRENT.get()).orElseThrow();
    }

    /** It has ended, on its thread. */
    static void end() {
        CURRENT.remove();
    }

    /**
     * Waits in real time.
     *
     * @throws CloseConnectionException if everybody was released meanwhile
     */
    void pause(Duration time) {
        long left = time.toNanos();
        lock.lock();
        try {
            long before = releases;
            while (left > 0) {
                left = released.awaitNanos(left);
                if (before != releases) {
                    throw new CloseConnectionException("the fake forgets what was to come");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the fake is closing", e);
        } finally {
            lock.unlock();
        }
    }

    /** Says nothing more on a connection, but leaves it open until its peer ends it or everybody is released. */
    void stall(Wire wire) {
        lock.lock();
        try {
            stalled.add(wire);
        } finally {
            lock.unlock();
        }
        try {
            wire.ignore();
        } finally {
            lock.lock();
            try {
                stalled.remove(wire);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Ends all waits and all silence; those connections are cut. */
    void release() {
        Set<Wire> silent;
        lock.lock();
        try {
            releases++;
            released.signalAll();
            silent = Set.copyOf(stalled);
        } finally {
            lock.unlock();
        }
        silent.forEach(Wire::cut);
    }

    private record Catching(Map<SocketAddress, Socket> accepted) implements SocketOptions {
        private static final Map<SocketOption<?>, Object> OPTIONS = Map.of(
                StandardSocketOptions.SO_REUSEADDR, true,
                StandardSocketOptions.SO_KEEPALIVE, true,
                StandardSocketOptions.TCP_NODELAY, true);

        @Override
        public void configureSocket(Socket socket) {
            SocketOptions.super.configureSocket(socket);
            accepted.put(socket.getRemoteSocketAddress(), socket);
        }

        @Override
        public Map<SocketOption<?>, Object> socketOptions() {
            return OPTIONS;
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration readTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Optional<Integer> socketReceiveBufferSize() {
            return Optional.empty();
        }

        @Override
        public Optional<Integer> socketSendBufferSize() {
            return Optional.empty();
        }

        @Override
        public boolean socketReuseAddress() {
            return true;
        }

        @Override
        public boolean socketKeepAlive() {
            return true;
        }

        @Override
        public boolean tcpNoDelay() {
            return true;
        }
    }
}
