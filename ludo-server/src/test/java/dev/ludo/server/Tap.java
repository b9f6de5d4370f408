package dev.ludo.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a proxy, passes all bytes, and has those that the proxy sends looked through for keys: answers and messages, whoever
 * reads them. Thread-safe.
 */
public final class Tap implements AutoCloseable {
    private final ServerSocket listener;
    private final int proxy;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Tap(int proxy) throws IOException {
        this.proxy = proxy;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::listen);
    }

    /** Starts one before the proxy at a port of this machine. */
    public static Tap before(int port) throws IOException {
        return new Tap(port);
    }

    /** Where the proxy is reached through it. */
    public URI uri() {
        return URI.create("http://localhost:" + listener.getLocalPort());
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                open.add(caller);
                Thread.startVirtualThread(() -> serve(caller));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new AssertionError("the tap takes nobody any more", e);
                }
            }
        }
    }

    private void serve(Socket caller) {
        try (caller;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), proxy)) {
            open.add(server);
            caller.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread asks = Thread.startVirtualThread(() -> carry(caller, server, new Look(false)));
            carry(server, caller, new Look(true));
            asks.join();
            open.remove(server);
        } catch (IOException e) {
            // Either has broken off; closing tells the other, as the network would.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(caller);
        }
    }

    private static void carry(Socket from, Socket to, Look look) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                look.at(buffer, n);
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            abort(from);
            abort(to);
        }
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            if (!socket.isClosed()) { // by the other direction meanwhile
                throw new AssertionError("a socket that cannot be closed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(Tap::abort);
    }

    /** Remembers the end of what it saw, since a key may come in two pieces. */
    private static final class Look {
        private static final int LONGEST = 64;

        private final boolean looks;
        private String before = "";

        Look(boolean looks) {
            this.looks = looks;
        }

        void at(byte[] bytes, int length) {
            if (looks) {
                String text = before + new String(bytes, 0, length, ISO_8859_1);
                Secrets.lookAtWire(text);
                before = text.substring(Math.max(0, text.length() - LONGEST));
            }
        }
    }
}
