package dev.ludo.server.guard;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;

/** One connection. Its thread is the one that {@link #handle} is called on; the rest is safe from any thread. */
final class GuardedConnection implements ServerConnection {
    private static final System.Logger LOGGER = System.getLogger(GuardedConnection.class.getName());

    private final ServerConnection http;
    private final Socket socket;
    private final HttpGate gate;
    private final StallWatch writer;
    private final Supplier<Duration> longestWait;
    private final IdleWatch.Wait wait;
    private final OpenConnections open;
    private final LingeringClose end;

    GuardedConnection(
            ServerConnection http,
            Socket socket,
            HttpGate gate,
            StallWatch writer,
            Supplier<Duration> longestWait,
            IdleWatch.Wait wait,
            OpenConnections open) {
        this.http = http;
        this.socket = socket;
        this.gate = gate;
        this.writer = writer;
        this.longestWait = longestWait;
        this.wait = wait;
        this.open = open;
        this.end = new LingeringClose(socket, System::nanoTime);
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        open.begun();
        try (wait) {
            http.handle(limit);
        } finally {
            try {
                end.run();
            } finally {
                open.ended();
            }
        }
    }

    /** For how long the peer has not read what was sent to it: waiting for it to send has deadlines of its own. */
    @Override
    public Duration idleTime() {
        return gate.isOpen() ? http.idleTime() : writer.stalled();
    }

    /**
     * Called when the server ends, and when {@link #idleTime} is too long. A call that was begun is finished, and so is one that
     * has come in by now. A connection that has been quiet for long ends; one that has not may be about to bring a call, and ends by
     * itself once it has been.
     */
    @Override
    public void close(boolean serverEnds) {
        try {
            if (gate.isOpen()) {
                http.close(serverEnds);
            } else if (!serverEnds) {
                socket.close();
            } else if (gate.isIdle(longestWait.get()) && socket.getInputStream().available() == 0) {
                socket.shutdownInput();
            }
            end.skip();
        } catch (IOException e) {
            LOGGER.log(Level.TRACE, "the connection is closed already", e);
        }
    }
}
