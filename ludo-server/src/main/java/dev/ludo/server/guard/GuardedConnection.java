package dev.ludo.server.guard;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.net.Socket;
import java.time.Duration;

/** One connection. Its thread is the one that {@link #handle} is called on; the rest is safe from any thread. */
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {
    private final ServerConnection http;
    private final LingeringClose end;

    GuardedConnection(ServerConnection http, Socket socket) {
        this.http = http;
        this.end = new LingeringClose(socket, System::nanoTime);
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            http.handle(limit);
        } finally {
            end.run();
        }
    }

    @Override
    public boolean canInterrupt() {
        return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        end.skip();
        http.close(interrupt);
    }
}
