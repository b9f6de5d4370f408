package dev.ludo.server.realtime;

import dev.ludo.client.frame.Line;
import dev.ludo.core.model.RoomCode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the API that are made before a client is let in. Of those who come to a room at the same time one connects
 * for all: that shows whether the API can be reached, and most of a crowd only watch. Thread-safe.
 */
final class FirstLines {
    private final Map<RoomCode, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    /**
     * Connects, or waits until somebody else in the room has.
     *
     * @param room the room
     * @param connect connects; what it throws is thrown to all who wait
     * @return the connection; none for who has waited for another's
     */
    @Nullable
    Line reach(RoomCode room, Supplier<Line> connect) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> first = underWay.putIfAbsent(room, mine);
        if (first != null) {
            await(first);
            return null;
        }
        try {
            Line line = connect.get();
            mine.complete(true);
            return line;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(room, mine);
        }
    }

    private static void await(CompletableFuture<Boolean> first) {
        try {
            first.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
