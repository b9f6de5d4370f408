package dev.ludo.server.guard;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Closes a connection so that the peer gets to see the last answer. A socket that is closed while there is something unread
 * makes the peer's system throw away what it has received and not yet shown, the answer too. So the end of what is sent is told
 * first, then what still comes is read and thrown away until the peer has finished too, and only then the socket is
 * closed. How much and how long is bounded.
 */
final class LingeringClose {
    /** How much is read off at most, in bytes; a peer that reads its answers has stopped long before. */
    static final int MAX_DISCARD = 8 * 1024 * 1024;

    /** How long it may take; a peer that has not seen its answer by then is too far away or not interested. */
    static final Duration WITHIN = Duration.ofSeconds(5);

    private static final System.Logger LOGGER = System.getLogger(LingeringClose.class.getName());

    private final Socket socket;
    private final LongSupplier nanoTime;
    private volatile boolean lingering;
    private volatile boolean skipped;

    LingeringClose(Socket socket, LongSupplier nanoTime) {
        this.socket = socket;
        this.nanoTime = nanoTime;
    }

    /** Ends the connection; the caller's thread stays until the peer has finished, or a bound is reached. */
    void run() {
        try (socket) {
            if (!socket.isClosed() && !socket.isOutputShutdown()) {
                socket.shutdownOutput();
                lingering = true;
                discard(socket.getInputStream());
            }
        } catch (IOException e) {
            // The peer is gone, or it took too long; either way there is nothing left to do for it.
            LOGGER.log(Level.TRACE, "a connection ended early", e);
        }
    }

    private void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long end = nanoTime.getAsLong() + WITHIN.toNanos();
        for (int left = MAX_DISCARD; left > 0 && !skipped; ) {
            long millis = (end - nanoTime.getAsLong()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            socket.setSoTimeout((int) millis);
            int read = in.read(buffer);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }

    /** Waits for the peer no longer: the server ends. */
    void skip() {
        skipped = true;
        if (lingering) {
            try {
                socket.close();
            } catch (IOException e) {
                LOGGER.log(Level.DEBUG, "a connection cannot be closed", e);
            }
        }
    }
}
