package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.event.CloseCode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One leg while it runs, on a thread of its own: how it ends is known as soon as that is settled and nothing is read any more,
 * though the peer may take its time to hang up.
 */
final class LegRun implements SocketLeg.Receiver {
    private final SocketLeg.Receiver inbound;
    private final CompletableFuture<LegEnd> end = new CompletableFuture<>();
    private final CompletableFuture<LegEnd> gone = new CompletableFuture<>();
    private volatile @Nullable SocketLeg leg;
    private volatile @Nullable Thread reader;

    LegRun(SocketLeg.Receiver inbound) {
        this.inbound = inbound;
    }

    /** Starts to read. */
    void start(SocketLeg read, LegWatch watch) {
        Thread made = Thread.ofVirtual().name("ludo-room-reader").unstarted(() -> run(read, watch));
        leg = read;
        reader = made;
        made.start();
    }

    private void run(SocketLeg read, LegWatch watch) {
        try {
            LegEnd seen = watch.run(read);
            end.complete(seen);
            gone.complete(seen);
        } catch (Throwable e) { // also an Error must leave nobody waiting
            end.completeExceptionally(e);
            gone.completeExceptionally(e);
        }
    }

    @Override
    public void text(byte[] utf8) {
        if (!end.isDone()) {
            inbound.text(utf8);
        }
    }

    @Override
    public void binary(byte[] bytes) {
        if (!end.isDone()) {
            inbound.binary(bytes);
        }
    }

    @Override
    public void pong() {
        if (!end.isDone()) {
            inbound.pong();
        }
    }

    // Whoever else ends the leg may do so while a message is being taken, which is then to be waited for.
    @Override
    public void ending(LegEnd settled) {
        if (Thread.currentThread().equals(reader)) {
            inbound.pausing(); // what was read before goes before
            end.complete(settled);
        }
    }

    @Override
    public void pausing() {
        if (!end.isDone()) {
            inbound.pausing();
        }
    }

    /** Waits until it is known how the leg ends, and nothing of it is taken any more. */
    LegEnd awaitEnd() {
        return end.join();
    }

    boolean isGone() {
        return gone.isDone();
    }

    /** Waits until nothing of the leg is left. */
    void awaitGone() {
        gone.handle((seen, failure) -> seen).join();
    }

    /** Ends the leg if it is not gone, and what keeps its thread, such as a call for a state. */
    void endNow() {
        SocketLeg running = leg;
        Thread thread = reader;
        if (running != null && thread != null && !isGone()) {
            running.cut(CloseCode.ABNORMAL.number(), "the closing handshake was not completed in time");
            thread.interrupt();
        }
    }
}
