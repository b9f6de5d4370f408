package dev.ludo.server.guard;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads a socket with a deadline for each read. For one thread. */
final class SocketSource implements HttpGate.Source {
    private static final long NANOS_A_MILLI = 1_000_000;

    private final HelidonSocket helidon;
    private final Socket socket;
    private final IdleWatch.Wait wait;
    private int timeout = -1;

    SocketSource(HelidonSocket helidon, Socket socket, IdleWatch.Wait wait) {
        this.helidon = helidon;
        this.socket = socket;
        this.wait = wait;
    }

    @Override
    public byte @Nullable [] first(long until) {
        wait.begin(until);
        try {
            return read(0);
        } finally {
            wait.end();
        }
    }

    @Override
    public byte @Nullable [] read(long nanos) {
        // The end of a deadline is never before it: rounded up.
        int millis = (int) Math.min((nanos + NANOS_A_MILLI - 1) / NANOS_A_MILLI, Integer.MAX_VALUE);
        try {
            if (millis != timeout) {
                socket.setSoTimeout(millis);
                timeout = millis;
            }
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
