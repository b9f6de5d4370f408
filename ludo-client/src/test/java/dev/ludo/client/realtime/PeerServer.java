package dev.ludo.client.realtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ludo.core.model.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An API's socket that does what a test says, and nothing else. */
final class PeerServer implements AutoCloseable {
    /** What an API answers that takes the connection; {@code %s} stands for what the key asks for, {@code |} for the end of a line. */
    static final String UPGRADE = "HTTP/1.1 101 Switching Protocols|Upgrade: WebSocket|Connection: keep-alive, upgrade|"
            + "Sec-WebSocket-Accept: %s||";

    private final ServerSocket listener;
    private final String answer;
    private final Queue<String> nextAnswers = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    PeerServer() throws IOException {
        this(UPGRADE);
    }

    /** A server that answers a handshake with this text; nothing at all if it is empty. */
    PeerServer(String answer) throws IOException {
        this.answer = answer;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try {
            String head = head(socket);
            requests.add(head);
            String special = nextAnswers.poll();
            String text = special == null ? answer : special;
            socket.getOutputStream()
                    .write(text.replace("|", "\r\n")
                            .replace("%s", accept(header(head, "sec-websocket-key")))
                            .getBytes(ISO_8859_1));
            if (text.equals(UPGRADE)) {
                Peer peer = new Peer(socket);
                peers.add(peer);
                peer.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(Socket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the request ended early");
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ':', 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Answers the next handshake that has no answer yet with this text. */
    void answerNext(String text) {
        nextAnswers.add(text);
    }

    boolean hasNoPeer() {
        return peers.isEmpty();
    }

    String uri() {
        return "ws://127.0.0.1:" + listener.getLocalPort();
    }

    RoomSocketsBuilder sockets() {
        Secret key = Secret.of("lk_test_secret_key");
        return RoomSockets.builder().uri(uri() + "/ws").apiKey(() -> key);
    }

    /** The next connection. */
    Peer peer() {
        try {
            return Objects.requireNonNull(peers.poll(20, TimeUnit.SECONDS), "nobody connected");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the client has let go of its newest connection. */
    boolean isLetGo() {
        try {
            Socket last = sockets.getLast();
            last.setSoTimeout(20_000);
            while (last.getInputStream().read() >= 0) {
                // what was on its way
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // a reset lets go too
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
