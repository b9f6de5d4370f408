package dev.ludo.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A port of the loopback address that can be listened on or not, and is kept in both cases. Thread-safe. */
final class Door implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Door.class.getName());

    private final Consumer<Socket> guests;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final InetSocketAddress address;
    private ServerSocket listener;
    private CompletableFuture<Void> porter;
    /** Keeps the port while nobody is let in, so that no other program takes it. */
    private Socket placeholder = new Socket();

    private boolean closed;

    /** Listens on a free port. */
    Door(Consumer<Socket> guests, Executor threads) {
        this.guests = guests;
        this.threads = threads;
        this.listener = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.address = (InetSocketAddress) listener.getLocalSocketAddress();
        this.porter = letIn(listener);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Lets nobody in any more. */
    void shut() {
        lock.lock();
        try {
            if (!closed && !listener.isClosed()) {
                stopListening();
                placeholder = new Socket();
                placeholder.setReuseAddress(true);
                placeholder.bind(address);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody in again. */
    void open() {
        lock.lock();
        try {
            if (!closed && listener.isClosed()) {
                FaultConnection.quietly(placeholder::close);
                listener = listen(address);
                porter = letIn(listener);
            }
        } finally {
            lock.unlock();
        }
    }

    private static ServerSocket listen(InetSocketAddress at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(at);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Void> letIn(ServerSocket socket) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        while (true) {
                            guests.accept(socket.accept());
                        }
                    } catch (IOException e) {
                        LOG.log(socket.isClosed() ? Level.DEBUG : Level.ERROR, "nobody is let in any more", e);
                    }
                },
                threads);
    }

    /** The port is free only when the thread that waits there has gone. */
    private void stopListening() {
        FaultConnection.quietly(listener::close);
        porter.join();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            stopListening();
            FaultConnection.quietly(placeholder::close);
        } finally {
            lock.unlock();
        }
    }
}
