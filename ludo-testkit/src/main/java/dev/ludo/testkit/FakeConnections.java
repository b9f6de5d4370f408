package dev.ludo.testkit;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The fake's connections, which differ from Helidon's own in two ways.
 *
 * <p>They let go of the thread by which Helidon looks for idle connections. Helidon starts that thread for each server and
 * never ends it, not even when the server stops, and the thread holds on to the whole server: a test suite that starts a
 * fake for each test would keep all of them until the end. There is no way to reach the timer from outside, but it ends when
 * its task throws, and the task asks each connection how long it has been idle. So the fake opens one connection to itself,
 * right after the start, and that one throws. The fake can do without the timer: its connections are those of a test.
 *
 * <p>They end without haste: when the server stops, a call that is being answered is not interrupted at once, but gets the
 * server's grace period.
 */
final class FakeConnections implements ServerConnectionSelector {
    /** How often the thread looks, while it lives. */
    static final Duration IDLE_PERIOD = Duration.ofMillis(1);

    private static final int MOST_SECONDS = 5;

    /** Ends the timer's thread; its name says so, should anybody see it. */
    private static final class TimerNotNeeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TimerNotNeeded() {
            super("the fake needs no timer for idle connections", null, false, false);
        }
    }

    private final ServerConnectionSelector selector;
    private final Wires wires;
    private final CountDownLatch timerEnded = new CountDownLatch(1);

    FakeConnections(ServerConnectionSelector selector, Wires wires) {
        this.selector = selector;
        this.wires = wires;
    }

    /** Opens the connection that ends the thread, and waits for the end. */
    void endIdleTimer(String host, int port) {
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(host);
            socket.connect(new InetSocketAddress(
                    address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port));
            if (!timerEnded.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server's timer for idle connections does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            // Only the thread is not ended then; the server is whole.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int bytesToIdentifyConnection() {
        return selector.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return selector.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return selector.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        wires.begin(context);
        return new FakeConnection(selector.connection(context));
    }

    private final class FakeConnection implements ServerConnection {
        private final ServerConnection connection;

        private FakeConnection(ServerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                connection.handle(limit);
            } finally {
                Wires.end();
            }
        }

        @Override
        public Duration idleTime() {
            // Asked by nobody but the timer.
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> timerEnded.countDown());
            throw new TimerNotNeeded();
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(false);
        }
    }
}
