package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.client.frame.LegEnd;
import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.Role;
import dev.ludo.client.frame.SocketLeg;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.PlainSocket;
import io.helidon.common.socket.SocketWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An API's socket that does what a test says, for what the fake never does. */
final class RawUpstream implements AutoCloseable {
    /** It waits for long until what it sends is read, so that it is the proxy that has enough first. */
    private static final LegLimits PATIENT = new LegLimits(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            64 * 1024,
            256,
            1024 * 1024);

    /** One connection of the proxy's. */
    static final class Connection implements SocketLeg.Receiver {
        final String head;
        final Socket socket;
        final SocketLeg leg;
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        final CompletableFuture<LegEnd> end = new CompletableFuture<>();

        private final String rejoined;
        private volatile boolean ending;

        Connection(String head, Socket socket, String rejoined) {
            this.head = head;
            this.rejoined = rejoined;
            this.socket = socket;
            PlainSocket plain = PlainSocket.server(socket, "test", "test");
            Line line = new Line(new DataReader(plain), SocketWriter.create(plain), () -> quietly(socket));
            this.leg = new SocketLeg(Role.SERVER, line, PATIENT, System::nanoTime, this);
        }

        @Override
        public void text(byte[] message) {
            String text = new String(message, UTF_8);
            received.add(text);
            if (!rejoined.isEmpty() && text.contains("\"lastSeq\"")) {
                leg.send(rejoined.getBytes(UTF_8));
            }
        }

        @Override
        public void ending(LegEnd seen) {
            ending = true;
        }

        boolean isEnding() {
            return ending;
        }

        String requestId() {
            return header(head, "X-Request-Id");
        }

        String next() throws InterruptedException {
            return Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS), "nothing came");
        }

        LegEnd end() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }
    }

    private final ServerSocket listener;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final LegWatch watch = LegWatch.start();
    private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore asked = new Semaphore(0);
    private volatile CompletableFuture<Boolean> gate = CompletableFuture.completedFuture(true);
    private volatile String answer = "";
    private volatile String rejoined = "";

    private final boolean attended;

    RawUpstream() throws IOException {
        this(true);
    }

    /** One whose connections are left alone once they are made: nothing is read, nothing is answered. */
    static RawUpstream unattended() throws IOException {
        return new RawUpstream(false);
    }

    private RawUpstream(boolean attended) throws IOException {
        this.attended = attended;
        listener = new ServerSocket(0, 600, InetAddress.getLoopbackAddress());
        executor.execute(this::accept);
    }

    /** Answers the next handshakes with this instead of an upgrade. */
    void answers(String http) {
        answer = http;
    }

    /** Answers no handshake from now on until what it gives is completed. */
    CompletableFuture<Boolean> holdsHandshakes() {
        asked.drainPermits();
        gate = new CompletableFuture<>();
        return gate;
    }

    /** Waits for a handshake since then. */
    void awaitHandshake() throws InterruptedException {
        if (!asked.tryAcquire(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody connected");
        }
    }

    /** From the next connection on, answers whoever joins again with this. */
    void rejoins(String joined) {
        rejoined = joined;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                executor.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        open.add(socket);
        try {
            String head = ByHand.head(socket);
            asked.release();
            gate.join();
            if (!answer.isEmpty()) {
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                socket.close();
                return;
            }
            socket.getOutputStream().write(Handshake.answer(header(head, "Sec-WebSocket-Key"), false, "upstream"));
            Connection connection = new Connection(head, socket, rejoined);
            connections.add(connection);
            if (attended) {
                connection.end.complete(watch.run(connection.leg));
            }
        } catch (IOException e) {
            quietly(socket);
        } finally {
            if (attended) {
                open.remove(socket);
            }
        }
    }

    /** A header of a request by hand. */
    static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ':', 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    Connection next() throws InterruptedException {
        return Objects.requireNonNull(connections.poll(20, TimeUnit.SECONDS), "nobody connected");
    }

    /** The next connection, if it is there already. */
    @Nullable
    Connection poll() {
        return connections.poll();
    }

    /** The connections that are there already and were not asked for yet. */
    List<Connection> soFar() {
        List<Connection> all = new ArrayList<>();
        connections.drainTo(all);
        return all;
    }

    /** Hangs up on everybody. */
    void closeAll() {
        connections.clear();
        open.forEach(RawUpstream::quietly);
        open.clear();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/ws");
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeAll();
        watch.close();
        executor.shutdownNow();
    }
}
