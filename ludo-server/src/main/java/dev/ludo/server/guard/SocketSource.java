package dev.ludo.server.guard;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads a socket with a deadline for each read. */
record SocketSource(HelidonSocket helidon, Socket socket) implements HttpGate.Source {
    private static final long NANOS_A_MILLI = 1_000_000;

    @Override
    public byte @Nullable [] read(long nanos) {
        try {
            // The end of a deadline is never before it: rounded up.
            socket.setSoTimeout((int) Math.min((nanos + NANOS_A_MILLI - 1) / NANOS_A_MILLI, Integer.MAX_VALUE));
            return helidon.get();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                return NOTHING_YET;
            }
            throw new ServerConnectionException("the peer is gone", e);
        } catch (IOException e) {
            throw new ServerConnectionException("the peer is gone", e);
        }
    }
}
