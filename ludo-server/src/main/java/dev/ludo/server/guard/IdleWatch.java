package dev.ludo.server.guard;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Ends the waiting for requests that do not begin. A read with a timeout of the socket's own would do so too, but costs a timer and a
 * switch of threads a request. Its thread lives while there is something to watch. Thread-safe.
 */
final class IdleWatch {
    /** How often it looks: so much later than it should a wait may end. */
    static final Duration PERIOD = Duration.ofMillis(250);

    private static final System.Logger LOGGER = System.getLogger(IdleWatch.class.getName());

    private final LongSupplier nanoTime;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean running = new AtomicBoolean();

    IdleWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Watches a socket until the watch of it is closed. */
    Wait watch(Socket socket) {
        Wait wait = new Wait(socket);
        waits.add(wait);
        if (running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("ludo-idle-watch").start(this::run);
        }
        return wait;
    }

    private void run() {
        try {
            do {
                Thread.sleep(PERIOD);
                long now = nanoTime.getAsLong();
                waits.forEach(wait -> wait.look(now));
            } while (isNeeded());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody knows this thread
        }
    }

    // What is watched first after this looked is seen either here or by who began to watch it.
    private boolean isNeeded() {
        if (!waits.isEmpty()) {
            return true;
        }
        running.set(false);
        return !waits.isEmpty() && running.compareAndSet(false, true);
    }

    /** A socket that is watched. For one thread, but for the watch itself. */
    final class Wait implements AutoCloseable {
        private static final long NONE = Long.MIN_VALUE;

        private final Socket socket;
        private final AtomicLong due = new AtomicLong(NONE);

        private Wait(Socket socket) {
            this.socket = socket;
        }

        /** From now on the socket is waited for, until this time at most: then its reads end. */
        void begin(long at) {
            due.set(Math.max(at, NONE + 1));
        }

        /** The wait is over. */
        void end() {
            due.set(NONE);
        }

        private void look(long now) {
            long at = due.get();
            if (at != NONE && now - at >= 0 && due.compareAndSet(at, NONE)) {
                try {
                    if (socket.getInputStream().available() == 0) { // else it begins just now
                        socket.shutdownInput();
                    }
                } catch (IOException e) {
                    LOGGER.log(Level.TRACE, "the connection is closed already", e);
                }
            }
        }

        @Override
        public void close() {
            waits.remove(this);
        }
    }
}
