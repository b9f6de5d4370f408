package dev.ludo.testkit.fault;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Stands between a client and any server, passes bytes both ways, and spoils the connections when told: for what a server
 * cannot do to itself, such as a reset, a half-open connection, or a network that is slow.
 *
 * {@snippet :
 * try (FaultProxy line = FaultProxy.to(ludo.baseUri())) {
 *     // … let the code under test use line.through(ludo.baseUri())
 *     line.onNext(LineFault.resetAfter(100)); // the next connection breaks in the middle of an answer
 *     line.refuse();                          // nobody gets through any more
 *     line.accept();
 *     line.resetAll();                        // those who are there lose their connections
 * }
 * }
 *
 * <p>It knows nothing of HTTP, WebSocket or TLS, and listens on a free port of the loopback address. Thread-safe. Its
 * threads are virtual; {@link #close()} ends them all.
 */
public final class FaultProxy implements AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("ludo-fault-proxy-", 0).factory());
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<FaultConnection> open = new ArrayList<>();
    private final List<LineFault> forAll = new ArrayList<>();
    private final Deque<List<LineFault>> forNext = new ArrayDeque<>();
    private final Door door;
    private InetSocketAddress target;
    private int accepted;

    private FaultProxy(InetSocketAddress target) {
        this.target = target;
        this.door = new Door(this::admit, threads);
    }

    /**
     * Starts a proxy.
     *
     * @param server where it leads to; only host and port count. Nothing needs to listen there yet
     * @return the proxy, ready for connections
     * @throws IllegalArgumentException if the URI has no host, or no port and another scheme than http, https, ws and wss
     * @throws UncheckedIOException if there is no free port
     */
    public static FaultProxy to(URI server) {
        return new FaultProxy(address(server));
    }

    /**
     * Leads new connections to another server; those that are open stay.
     *
     * @param server as in {@link #to}
     * @throws IllegalArgumentException as in {@link #to}
     */
    public void leadTo(URI server) {
        InetSocketAddress newTarget = address(server);
        locked(() -> target = newTarget);
    }

    private static InetSocketAddress address(URI server) {
        int port = server.getPort() >= 0
                ? server.getPort()
                : switch (String.valueOf(server.getScheme())) {
                    case "http", "ws" -> 80;
                    case "https", "wss" -> 443;
                    default -> -1;
                };
        if (server.getHost() == null || port < 0) {
            throw new IllegalArgumentException("server must have a host and a port, was " + server);
        }
        return InetSocketAddress.createUnresolved(server.getHost(), port);
    }

    /**
     * Where to go instead of to the server.
     *
     * @param uri one of the server's
     * @return the same by way of this proxy
     */
    public URI through(URI uri) {
        String rest = uri.getRawPath() + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery());
        String host = door.address().getAddress().getHostAddress();
        return URI.create(
                uri.getScheme() + "://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + port() + rest);
    }

    /**
     * The port on which it listens.
     *
     * @return the port
     */
    public int port() {
        return door.address().getPort();
    }

    /**
     * Spoils every connection: those that are open and those to come, until {@link #heal()}.
     *
     * @param fault what to do
     */
    public void onAll(LineFault fault) {
        List<FaultConnection> there = new ArrayList<>();
        locked(() -> {
            forAll.add(fault);
            there.addAll(open);
        });
        there.forEach(connection -> connection.add(fault));
    }

    /**
     * Spoils the next connection for which nothing is said yet, beside what {@link #onAll} says. Called twice, it speaks of
     * the next and of the one after it.
     *
     * @param faults what to do; none at all lets that connection be
     */
    public void onNext(LineFault... faults) {
        List<LineFault> copy = List.of(faults);
        locked(() -> forNext.add(copy));
    }

    /** Ends all faults, of open connections and of those to come, and lets clients in again. */
    public void heal() {
        locked(() -> {
            forAll.clear();
            forNext.clear();
        });
        connections().forEach(FaultConnection::heal);
        accept();
    }

    /** Resets all connections that are open (TCP RST); new ones are let in. */
    public void resetAll() {
        connections().forEach(FaultConnection::reset);
    }

    /** Ends all connections that are open in good order (TCP FIN); new ones are let in. */
    public void finishAll() {
        connections().forEach(FaultConnection::finish);
    }

    /** Lets nobody in any more: connecting fails as if nothing listened here. Open connections stay. */
    public void refuse() {
        door.shut();
    }

    /** Lets clients in again. */
    public void accept() {
        door.open();
    }

    /**
     * How many clients were let in so far.
     *
     * @return the number, from 0; those whose server could not be reached count too
     */
    public int accepted() {
        lock.lock();
        try {
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The connections that are open.
     *
     * @return them in the order of coming
     */
    public List<FaultConnection> connections() {
        lock.lock();
        try {
            return List.copyOf(open);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits, in real time, until so many clients were let in.
     *
     * @param count at least how many, counted from the start
     * @param atMost how long to wait
     * @throws IllegalStateException if time is up
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitAccepted(int count, Duration atMost) throws InterruptedException {
        await("clients let in", () -> Math.min(accepted, count), count, atMost);
    }

    /**
     * Waits, in real time, until exactly so many connections are open, such as none.
     *
     * @param count how many
     * @param atMost how long to wait
     * @throws IllegalStateException if time is up
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitOpen(int count, Duration atMost) throws InterruptedException {
        await("open connections", open::size, count, atMost);
    }

    private void await(String what, IntSupplier number, int wanted, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (number.getAsInt() != wanted) {
                if (left <= 0) {
                    throw new IllegalStateException(
                            "after " + atMost + " there are " + number.getAsInt() + ' ' + what + ", not " + wanted);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void admit(Socket client) {
        locked(() -> {
            FaultConnection connection = new FaultConnection(++accepted, client);
            open.add(connection);
            // Not on its own thread: a heal or a fault that is asked for from now on must come after these.
            forAll.forEach(connection::add);
            Optional.ofNullable(forNext.poll()).ifPresent(faults -> faults.forEach(connection::add));
            InetSocketAddress server = target;
            threads.execute(() -> {
                connection.run(server);
                locked(() -> open.remove(connection));
            });
        });
    }

    /** Ends it: nobody is let in, open connections are reset, no thread and no socket is left. Calls after the first do nothing. */
    @Override
    public void close() {
        door.close();
        resetAll();
        threads.close();
    }

    @Override
    public String toString() {
        return "FaultProxy on port " + port() + ", " + connections();
    }
}
