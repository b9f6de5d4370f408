package dev.ludo.testkit.fault;

import dev.ludo.testkit.fault.LineFault.Toward;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** One connection that leads through a {@link FaultProxy}. Thread-safe. */
public final class FaultConnection {
    private static final Logger LOG = System.getLogger(FaultConnection.class.getName());

    private static final int CONNECT_MILLIS = 10_000;

    private final int number;
    private final Socket client;
    private final Socket server = new Socket();
    private final Way toClient;
    private final Way toServer;

    FaultConnection(int number, Socket client) {
        this.number = number;
        this.client = client;
        this.toClient = new Way(server, client, this::end);
        this.toServer = new Way(client, server, this::end);
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
        return way(toward).passed();
    }

    /**
     * Spoils the connection from now on. Faults of different kinds add up. A new delay or bandwidth takes the place of the
     * one before, and so does whichever reset, finish, stall or black hole comes last, each in its direction.
     *
     * @param fault what to do
     */
    public void add(LineFault fault) {
        way(fault.toward()).add(fault);
    }

    /** Ends all faults: what was held back goes on, what was thrown away is lost. */
    public void heal() {
        toClient.heal();
        toServer.heal();
    }

    /** Resets both sides now (TCP RST). */
    public void reset() {
        end(LineFault.resetAfter(0));
    }

    /** Ends both sides now, in good order (TCP FIN). What either still sends is thrown away. */
    public void finish() {
        end(LineFault.finishAfter(0));
    }

    private Way way(Toward toward) {
        return toward == Toward.CLIENT ? toClient : toServer;
    }

    private void end(LineFault fault) {
        toClient.end();
        toServer.end();
        for (Socket socket : List.of(client, server)) {
            if (fault instanceof LineFault.Reset) {
                resetNow(socket);
            } else {
                quietly(socket::shutdownOutput);
            }
        }
    }

    /** Connects to the server and carries until both sides have ended. */
    void run(InetSocketAddress to) {
        try {
            server.connect(new InetSocketAddress(to.getHostString(), to.getPort()), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            if (client.isOutputShutdown()) {
                quietly(server::shutdownOutput); // it was told to finish before it was whole
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
            quietly(client::close);
            quietly(server::close);
        }
    }

    private void carry(Way way) {
        try {
            way.carry();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a side has broken off", e);
            if (way.awaitOpen()) { // as soon as anything may pass, so does this
                reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection that lingers for no time is reset when it is closed. */
    static void resetNow(Socket socket) {
        quietly(() -> socket.setSoLinger(true, 0));
        quietly(socket::close);
    }

    /** A step that ends a socket. */
    @FunctionalInterface
    interface Ending {
        void run() throws IOException;
    }

    static void quietly(Ending step) {
        try {
            step.run();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "that side has ended already", e);
        }
    }

    @Override
    public String toString() {
        return "connection " + number + ", " + bytes(Toward.SERVER) + " bytes to the server, " + bytes(Toward.CLIENT)
                + " to the client";
    }
}
