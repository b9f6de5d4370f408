package dev.ludo.testkit.fault;

import dev.ludo.testkit.fault.LineFault.Toward;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** One connection that leads through a {@link FaultProxy}. Thread-safe. */
public final class FaultConnection {
    private static final Logger LOG = System.getLogger(FaultConnection.class.getName());

    private static final int CONNECT_MILLIS = 10_000;

    private final int number;
    private final Socket client;
    private final Socket server;
    private final Pump toClient;
    private final Pump toServer;
    private final Runnable onEnd;

    FaultConnection(int number, Socket client, Socket server, Runnable onEnd) {
        this.number = number;
        this.client = client;
        this.server = server;
        this.toClient = new Pump(server, client);
        this.toServer = new Pump(client, server);
        this.onEnd = onEnd;
    }

    /**
     * Which one it is.
     *
     * @return its number in the order of coming, from 1
     */
    public int number() {
        return number;
    }

    /**
     * How many bytes have passed, without those that were thrown away.
     *
     * @param toward which way
     * @return the number, from 0
     */
    public long bytes(Toward toward) {
        return pump(toward).passed();
    }

    /**
     * Spoils the connection from now on. Faults of different kinds add up. A new delay or bandwidth takes the place of the
     * one before, and so does whichever reset, finish, stall or black hole comes last, each in its direction.
     *
     * @param fault what to do
     */
    public void add(LineFault fault) {
        pump(fault.toward()).add(fault).ifPresent(this::end);
    }

    /** Ends all faults: what was held back goes on, what was thrown away is lost. */
    public void heal() {
        toClient.heal();
        toServer.heal();
    }

    /** Resets both sides now (TCP RST). */
    public void reset() {
        toClient.end();
        toServer.end();
        resetNow(client);
        resetNow(server);
    }

    /** Ends both sides now, in good order (TCP FIN). What either still sends is thrown away. */
    public void finish() {
        add(LineFault.finishAfter(0));
    }

    private Pump pump(Toward toward) {
        return toward == Toward.CLIENT ? toClient : toServer;
    }

    private void end(LineFault fault) {
        if (fault instanceof LineFault.Reset) {
            reset();
            return;
        }
        toClient.end();
        toServer.end();
        sayGoodbye();
    }

    /** Connects to the server and carries until both sides have ended. */
    void run(List<LineFault> faults, InetSocketAddress to) {
        try {
            faults.forEach(this::add);
            server.connect(new InetSocketAddress(to.getHostString(), to.getPort()), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            if (toClient.isOver()) {
                sayGoodbye(); // it was told to finish before it was whole
            }
            Thread back = Thread.ofVirtual().name("ludo-fault-proxy-back").start(() -> carry(toClient));
            carry(toServer);
            back.join();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the server cannot be reached", e);
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeQuietly(client);
            closeQuietly(server);
            onEnd.run();
        }
    }

    private void carry(Pump pump) {
        try {
            Optional<LineFault> end = pump.run();
            while (end.isPresent()) {
                end(end.get());
                end = pump.run();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a side has broken off", e);
            breakOff(pump);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Passes on that a side has broken off, as soon as anything may pass. */
    private void breakOff(Pump pump) {
        try {
            if (pump.awaitOpen()) {
                reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection that lingers for no time is reset when it is closed. */
    static void resetNow(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "there is nothing left to reset", e);
        }
        closeQuietly(socket);
    }

    private void sayGoodbye() {
        sayGoodbye(client);
        sayGoodbye(server);
    }

    private static void sayGoodbye(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "that side has ended already", e);
        }
    }

    static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "connection " + number + ", " + bytes(Toward.SERVER) + " bytes to the server, " + bytes(Toward.CLIENT)
                + " to the client";
    }
}
