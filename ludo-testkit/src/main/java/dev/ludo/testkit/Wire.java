package dev.ludo.testkit;

import dev.ludo.testkit.fault.ActiveFault;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.Optional;
import java.util.function.IntSupplier;

/** One TCP connection to the fake, down to its socket. What is not said to be thread-safe is for the connection's thread. */
final class Wire {
    private static final Logger LOG = System.getLogger(Wire.class.getName());

    private final ConnectionContext context;
    private final Socket socket;
    private final IntSupplier numbers;
    private int number;
    private boolean bare;
    private Optional<ActiveFault> handshakeFault = Optional.empty();

    Wire(ConnectionContext context, Socket socket, IntSupplier numbers) {
        this.context = context;
        this.socket = socket;
        this.numbers = numbers;
    }

    /** Which connection it is, in the order of their first requests, from 1. */
    int number() {
        if (number == 0) {
            number = numbers.getAsInt();
        }
        return number;
    }

    /** With what the next answer begins. */
    void answers(Status status) {
        bare = status.code() == 204 || status.code() == 304;
    }

    /** Whether that answer has no body by its status. */
    boolean answersBarely() {
        return bare;
    }

    /** Keeps the fault that hits a handshake until it is answered. */
    void hitHandshake(ActiveFault fault) {
        handshakeFault = Optional.of(fault);
    }

    Optional<ActiveFault> takeHandshakeFault() {
        Optional<ActiveFault> taken = handshakeFault;
        handshakeFault = Optional.empty();
        return taken;
    }

    /** Sends bytes as they are; waits until the network has taken them. */
    void write(byte[] bytes) {
        context.dataWriter().writeNow(BufferData.create(bytes));
    }

    /** Closes the connection at once (TCP FIN). Thread-safe. */
    void cut() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the connection has ended already", e);
        }
        context.serverSocket().close();
    }

    /** Resets the connection at once (TCP RST). Thread-safe. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the connection has ended already", e);
        }
        context.serverSocket().close();
    }

    /** Takes what the peer sends and does nothing about it, until the connection ends. */
    void ignore() {
        DataReader reader = context.dataReader();
        try {
            while (true) {
                reader.ensureAvailable();
                reader.skip(reader.available());
            }
        } catch (RuntimeException e) {
            // its end, or its reset: either way nobody is there
            throw new CloseConnectionException("the peer has had enough of the silence", e);
        }
    }
}
