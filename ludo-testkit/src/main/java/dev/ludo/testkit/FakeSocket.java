package dev.ludo.testkit;

import dev.ludo.core.event.CloseCode;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.websocket.ClientWsFrame;
import io.helidon.websocket.WsCloseException;
import io.helidon.websocket.WsOpCode;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * One socket, after its handshake. Frames are read here, on the connection's own thread, by Helidon's reader; its outbox
 * writes them on another. Helidon's own connection is of no use here: it writes on both threads, takes text that is not
 * UTF-8, and does not say when a peer has gone.
 */
final class FakeSocket implements ServerConnection {
    private static final Logger LOG = System.getLogger(FakeSocket.class.getName());

    private final ConnectionContext context;
    private final OpenSockets sockets;
    private final Outbox outbox;
    private final SocketTalk talk;
    private final SocketInput input;

    FakeSocket(ConnectionContext context, Wire wire, SocketSetup setup) {
        this.context = context;
        this.sockets = setup.sockets();
        FrameSender sender = new FrameSender(wire, setup.faults(), setup.journal());
        this.outbox = new Outbox(sender, setup.limits(), setup.dialect());
        sockets.add(outbox);
        this.talk = new SocketTalk(setup, outbox);
        this.input =
                new SocketInput(outbox, new MessageFaults(setup.faults(), setup.journal(), wire, sender, outbox, talk));
    }

    @Override
    public void handle(Limit limit) {
        Thread.ofVirtual().name("ludo-fake-socket-writer").start(outbox::run);
        try {
            read();
            talk.over();
            outbox.awaitSent();
        } catch (CloseConnectionException | DataReader.InsufficientDataAvailableException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "the peer of a socket has gone", e);
        } catch (RuntimeException e) {
            // Helidon would answer it as the HTTP request that this once was.
            LOG.log(Level.ERROR, "the fake failed to read from a socket", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over();
        }
    }

    /** Reads until the peer has closed, or can no longer be understood. */
    private void read() throws InterruptedException {
        try {
            boolean more = true;
            while (more) {
                more = take(next());
            }
        } catch (WsCloseException e) {
            end(e);
            drain();
        }
    }

    private boolean take(ClientWsFrame frame) throws InterruptedException {
        try {
            return input.take(frame);
        } catch (WsCloseException e) {
            end(e);
            return frame.opCode() != WsOpCode.CLOSE;
        }
    }

    private void end(WsCloseException e) {
        outbox.end(Frames.close(e.closeCode(), String.valueOf(e.getMessage())));
        talk.over();
    }

    private ClientWsFrame next() {
        try {
            return ClientWsFrame.read(context, context.dataReader(), SocketInput.LARGEST_MESSAGE);
        } catch (IllegalArgumentException e) {
            throw new WsCloseException("there is no such kind of frame", CloseCode.PROTOCOL_ERROR.number());
        }
    }

    /** A connection that ends with something unread is reset, and the peer might lose the close that is on its way. */
    private void drain() {
        DataReader reader = context.dataReader();
        while (true) {
            reader.ensureAvailable();
            reader.skip(reader.available());
        }
    }

    /** Whatever has ended it: nothing of it is left. */
    void over() {
        outbox.abandon();
        sockets.remove(outbox);
        talk.over();
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        outbox.end(CloseCode.GOING_AWAY, "the fake is closing");
    }
}
