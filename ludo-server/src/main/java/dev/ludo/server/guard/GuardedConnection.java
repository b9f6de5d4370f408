package dev.ludo.server.guard;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.time.Duration;

/** One connection. Its thread is the one that {@link #handle} is called on; the rest is safe from any thread. */
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {
    private static final System.Logger LOGGER = System.getLogger(GuardedConnection.class.getName());

    private final ServerConnection http;
    private final Socket socket;
    private final HttpGate gate;
    private final StallWatch writer;
    private final OpenConnections open;
    private final LingeringClose end;

    GuardedConnection(ServerConnection http, Socket socket, HttpGate gate, StallWatch writer, OpenConnections open) {
        this.http = http;
        this.socket = socket;
        this.gate = gate;
        this.writer = writer;
        this.open = open;
        this.end = new LingeringClose(socket, System::nanoTime);
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        open.begun();
        try {
            http.handle(limit);
        } finally {
            try {
                end.run();
            } finally {
                open.ended();
            }
        }
    }

    @Override
    public boolean canInterrupt() {
        return gate.isIdle();
    }

    /** For how long the peer has not read what was sent to it: waiting for it to send has deadlines of its own. */
    @Override
    public Duration idleTime() {
        return gate.isOpen() ? http.idleTime() : writer.stalled();
    }

    /**
     * Called when the server ends, and when {@link #idleTime} is too long. What was begun is finished: a call in flight is not
     * interrupted, but no further one begins.
     */
    @Override
    public void close(boolean serverEnds) {
        try {
            gate.drain();
            if (!serverEnds && !gate.isOpen()) {
                socket.close();
            } else if (gate.isOpen()) {
                http.close(serverEnds);
            } else if (gate.isIdle()) {
                socket.shutdownInput();
            }
            end.skip();
        } catch (IOException e) {
            LOGGER.log(Level.TRACE, "the connection is closed already", e);
        }
    }
}
