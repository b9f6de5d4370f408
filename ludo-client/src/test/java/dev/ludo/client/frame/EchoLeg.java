package dev.ludo.client.frame;

import dev.ludo.client.frame.SocketLeg.Receiver;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A leg that sends back what it is sent, and its peer, which sends any bytes. */
final class EchoLeg implements AutoCloseable {
    private final Role role;
    private final Loopback connection;
    private final SocketLeg leg;
    private final CompletableFuture<LegEnd> end = new CompletableFuture<>();

    /**
     * Starts a leg.
     *
     * @param role which end the leg is
     * @param chunk how many bytes it reads at a time
     * @param takesBinary whether it takes binary messages, which it sends back as text
     */
    EchoLeg(Role role, int chunk, boolean takesBinary) {
        this.role = role;
        this.connection = new Loopback(chunk);
        Receiver echo = takesBinary ? new EchoOfAll() : new Echo();
        this.leg = new SocketLeg(role, connection.line(), LegLimits.DEFAULT, System::nanoTime, echo);
        Thread.ofVirtual().start(() -> {
            try {
                end.complete(leg.run());
            } catch (Throwable e) { // also an Error is told to who waits
                end.completeExceptionally(e);
            }
        });
    }

    private class Echo implements Receiver {
        @Override
        public void text(byte[] message) {
            leg.send(message);
        }
    }

    private final class EchoOfAll extends Echo {
        @Override
        public void binary(byte[] message) {
            leg.send(message);
        }
    }

    void write(byte[] bytes) {
        connection.write(bytes);
    }

    /** Sends bytes to the leg, and waits until it has dealt with them. */
    void writeAndWait(byte[] bytes) {
        connection.write(bytes);
        connection.awaitDealtWith();
    }

    /** What came next, as {@link FrameNotation#told} puts it; EOF when the leg has hung up. */
    String read() {
        try {
            return FrameNotation.read(connection.in(), role == Role.CLIENT);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came", e);
        } catch (IOException e) {
            return "EOF";
        }
    }

    /** Hangs up, as far as the peer is concerned. */
    void finish() {
        connection.finish();
    }

    /** Waits for how the leg ended. */
    LegEnd end() {
        try {
            return end.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the leg has not ended as it should", e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
