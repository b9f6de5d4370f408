package dev.ludo.testkit.fault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.testkit.fault.LineFault.Toward;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultProxyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final BlockingQueue<Socket> served = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private FaultProxy line;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        line = FaultProxy.to(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1"));
    }

    private void serve() {
        try {
            while (true) {
                served.add(server.accept());
            }
        } catch (IOException e) {
            assertThat(server.isClosed(), is(true));
        }
    }

    @AfterEach
    void stop() throws IOException {
        line.close();
        server.close();
        for (Socket socket : served) {
            socket.close();
        }
    }

    /** A connection by way of the proxy, seen from both of its ends. */
    private record Pair(Socket client, Socket server) {}

    private Pair connect() throws Exception {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), line.port());
        Socket other = served.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        client.setSoTimeout((int) SOON.toMillis());
        other.setSoTimeout((int) SOON.toMillis());
        return new Pair(client, other);
    }

    private static void say(Socket from, String text) throws IOException {
        from.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket at, int bytes) throws IOException {
        return new String(at.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    private static void assertReset(Socket socket) {
        assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout((int) SOON.toMillis());
    }

    @Test
    void passesBytesBothWaysAndCountsThem() throws Exception {
        Pair pair = connect();
        say(pair.client, "ping");
        assertThat(hear(pair.server, 4), is("ping"));
        say(pair.server, "pong!");
        assertThat(hear(pair.client, 5), is("pong!"));

        FaultConnection connection = line.connections().getFirst();
        assertThat(connection.number(), is(1));
        assertThat(line.accepted(), is(1));
        pair.client.shutdownOutput();
        assertThat(pair.server.getInputStream().read(), is(-1));
        say(pair.server, "bye");
        pair.server.close();
        assertThat(hear(pair.client, 10), is("bye"));
        line.awaitOpen(0, SOON);
        assertThat(connection.bytes(Toward.SERVER), is(4L));
        assertThat(connection.bytes(Toward.CLIENT), is(8L));
    }

    @Test
    void leadsUrisThroughItself() {
        assertThat(
                line.through(URI.create("ws://example.org:9/ws?a=%20b")),
                is(URI.create("ws://127.0.0.1:" + line.port() + "/ws?a=%20b")));
    }

    @ParameterizedTest
    @EnumSource
    void resetsBothSidesAfterSoManyBytes(Toward toward) throws Exception {
        line.onNext(new LineFault.Reset(toward, 3));
        Pair pair = connect();
        Socket sender = toward == Toward.CLIENT ? pair.server : pair.client;
        Socket receiver = toward == Toward.CLIENT ? pair.client : pair.server;
        say(sender, "abcdef");
        assertThat(hear(receiver, 3), is("abc"));
        assertReset(receiver);
        assertReset(sender);
        line.awaitOpen(0, SOON);
    }

    @ParameterizedTest
    @EnumSource
    void finishesBothSidesAfterSoManyBytes(Toward toward) throws Exception {
        line.onNext(new LineFault.Finish(toward, 3));
        Pair pair = connect();
        Socket sender = toward == Toward.CLIENT ? pair.server : pair.client;
        Socket receiver = toward == Toward.CLIENT ? pair.client : pair.server;
        say(sender, "abcdef");
        assertThat(hear(receiver, 100), is("abc"));
        assertThat(sender.getInputStream().read(), is(-1));
        say(receiver, "lost");
        say(sender, "lost");
        receiver.close();
        sender.close();
        line.awaitOpen(0, SOON);
    }

    @Test
    void resetsIdleConnectionsAtOnceAndOnlyThose() throws Exception {
        Pair pair = connect();
        line.resetAll();
        assertReset(pair.client);
        assertReset(pair.server);
        line.awaitOpen(0, SOON);
        Pair next = connect();
        say(next.client, "x");
        assertThat(hear(next.server, 1), is("x"));
    }

    @Test
    void finishesIdleConnectionsAtOnce() throws Exception {
        Pair pair = connect();
        line.finishAll();
        assertThat(pair.client.getInputStream().read(), is(-1));
        assertThat(pair.server.getInputStream().read(), is(-1));
    }

    @Test
    void stalledBytesComeOnceTheLineIsHealed() throws Exception {
        Pair pair = connect();
        line.connections().getFirst().add(LineFault.stallAfter(2));
        say(pair.server, "abcd");
        assertThat(hear(pair.client, 2), is("ab"));
        assertSilent(pair.client);
        say(pair.client, "up");
        assertThat(hear(pair.server, 2), is("up"));
        line.heal();
        assertThat(hear(pair.client, 2), is("cd"));
    }

    @Test
    void aStalledSenderIsBlockedInTheEnd() throws Exception {
        Pair pair = connect();
        line.onAll(new LineFault.Stall(Toward.SERVER, 0));
        pair.client.setSendBufferSize(8192);
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                byte[] much = new byte[1 << 20];
                while (true) {
                    pair.client.getOutputStream().write(much);
                }
            } catch (IOException e) {
                assertThat(pair.client.isClosed(), is(true));
            }
        });
        assertThat(sender.join(Duration.ofMillis(100)), is(false));
        assertThat(line.connections().getFirst().bytes(Toward.SERVER), is(0L));
        pair.client.close();
        assertThat(sender.join(SOON), is(true));
    }

    @Test
    void aHalfOpenConnectionTellsNeitherSideThatTheOtherHasGone() throws Exception {
        Pair pair = connect();
        line.onAll(LineFault.blackHole(Toward.CLIENT));
        line.onAll(LineFault.blackHole(Toward.SERVER));
        say(pair.client, "lost");
        FaultConnection.resetNow(pair.client);
        say(pair.server, "lost too");
        assertSilent(pair.server);
        line.heal();
        assertReset(pair.server);
        line.awaitOpen(0, SOON);
    }

    @Test
    void whatFollowsABlackHoleIsSwallowedTooAndTheNextFaultComesNevertheless() throws Exception {
        Pair pair = connect();
        FaultConnection connection = line.connections().getFirst();
        connection.add(LineFault.blackHole(Toward.CLIENT));
        say(pair.server, "abc");
        assertSilent(pair.client);
        connection.add(new LineFault.Finish(Toward.CLIENT, 4));
        say(pair.server, "def");
        assertSilent(pair.client);
        say(pair.server, "g");
        assertThat(pair.client.getInputStream().read(), is(-1));
    }

    @Test
    void whatABlackHoleHasSwallowedNeverComes() throws Exception {
        Pair pair = connect();
        line.connections().getFirst().add(new LineFault.BlackHole(Toward.CLIENT, 1));
        say(pair.server, "abc");
        assertThat(hear(pair.client, 1), is("a"));
        say(pair.server, "def");
        assertSilent(pair.client);
        line.heal();
        say(pair.server, "g");
        assertThat(hear(pair.client, 1), is("g"));
    }

    @Test
    void theEndThatAStallHeldBackComesAfterIt() throws Exception {
        Pair pair = connect();
        line.onAll(LineFault.stallAfter(0));
        say(pair.server, "z");
        pair.server.shutdownOutput();
        assertSilent(pair.client);
        line.heal();
        assertThat(hear(pair.client, 9), is("z"));
    }

    @Test
    void delaysEachPiece() throws Exception {
        line.onNext(LineFault.delay(Duration.ofMillis(80)));
        Pair pair = connect();
        long start = System.nanoTime();
        say(pair.client, "?");
        assertThat(hear(pair.server, 1), is("?"));
        say(pair.server, "!");
        assertThat(hear(pair.client, 1), is("!"));
        assertThat(
                System.nanoTime() - start,
                greaterThanOrEqualTo(Duration.ofMillis(80).toNanos()));
    }

    @Test
    void limitsTheBandwidth() throws Exception {
        line.onNext(LineFault.bandwidth(1000));
        Pair pair = connect();
        long start = System.nanoTime();
        say(pair.server, "x".repeat(100));
        assertThat(hear(pair.client, 100).length(), is(100));
        assertThat(
                System.nanoTime() - start,
                greaterThanOrEqualTo(Duration.ofMillis(100).toNanos()));
    }

    @Test
    void healingEndsAWaitThatHasBegun() throws Exception {
        line.onAll(LineFault.delay(Duration.ofDays(1)));
        Pair pair = connect();
        say(pair.server, "x");
        FaultConnection connection = line.connections().getFirst();
        assertSilent(pair.client);
        line.heal();
        assertThat(hear(pair.client, 1), is("x"));
        assertThat(connection.toString(), containsString("connection 1"));
    }

    @Test
    void healingReachesWhoeverHasOnlyJustBeenLetIn() throws Exception {
        for (int i = 1; i <= 200; i++) {
            line.onAll(new LineFault.Stall(Toward.SERVER, 0));
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
                say(client, "x");
                line.awaitAccepted(i, SOON);
                line.heal();
                try (Socket other = served.poll(SOON.toSeconds(), TimeUnit.SECONDS)) {
                    other.setSoTimeout((int) SOON.toMillis());
                    assertThat(hear(other, 1), is("x"));
                }
            }
        }
    }

    @Test
    void refusesAndAcceptsAgainOnTheSamePort() throws Exception {
        Pair before = connect();
        line.refuse();
        line.refuse();
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), line.port()).close());
        say(before.client, "still");
        assertThat(hear(before.server, 5), is("still"));
        line.accept();
        line.accept();
        say(connect().client, "x");
        assertThat(line.accepted(), is(2));
    }

    @Test
    void oneConnectionSuffersAndItsNeighbourDoesNot() throws Exception {
        line.onNext();
        line.onNext(LineFault.resetAfter(0));
        Pair first = connect();
        try (Socket second = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
            assertReset(second);
        }
        line.awaitAccepted(2, SOON);
        say(first.server, "fine");
        assertThat(hear(first.client, 4), is("fine"));
        say(connect().client, "third");
    }

    @Test
    void aServerThatIsNotThereIsAResetAndAnotherMayTakeItsPlace() throws Exception {
        int port = server.getLocalPort();
        line.leadTo(URI.create("http://127.0.0.1:1"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
            assertReset(socket);
        }
        line.leadTo(URI.create("http://127.0.0.1:" + port));
        say(connect().client, "x");
    }

    @Test
    void awaitingSaysWhatThereIs() {
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> line.awaitAccepted(1, Duration.ofMillis(1)));
        assertThat(e.getMessage(), is("after PT0.001S there are 0 clients let in, not 1"));
    }

    @Test
    void leavesNoThreadAndNoSocketBehind() throws Exception {
        Pair stalled = connect();
        line.onAll(LineFault.stallAfter(0));
        line.onAll(LineFault.delay(Duration.ofDays(1)));
        say(stalled.server, "x");
        say(stalled.client, "x");
        Pair idle = connect();
        line.close();
        line.close();
        assertReset(stalled.client);
        assertReset(idle.server);
        assertThat(line.connections().isEmpty(), is(true));
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), line.port()).close());
        line.accept();
        line.refuse();
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), line.port()).close());
    }

    @Test
    void manyBytesArriveWhole() throws Exception {
        Pair pair = connect();
        byte[] much = new byte[3_000_000];
        new SplittableRandom(7).nextBytes(much);
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                pair.server.getOutputStream().write(much);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(Arrays.equals(pair.client.getInputStream().readNBytes(much.length), much), is(true));
        assertThat(writer.join(SOON), is(true));
        assertThat(line.connections().getFirst().bytes(Toward.CLIENT), greaterThan(0L));
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThat(refused(() -> LineFault.resetAfter(-1)), is("afterBytes must be at least 0, was -1"));
        assertThat(refused(() -> LineFault.finishAfter(-1)), is("afterBytes must be at least 0, was -1"));
        assertThat(refused(() -> LineFault.stallAfter(-2)), is("afterBytes must be at least 0, was -2"));
        assertThat(
                refused(() -> new LineFault.BlackHole(Toward.CLIENT, -1)), is("afterBytes must be at least 0, was -1"));
        assertThat(refused(() -> LineFault.bandwidth(0)), is("bytesPerSecond must be at least 1, was 0"));
        assertThat(refused(() -> LineFault.delay(Duration.ofMillis(-1))), is("by must not be negative, was PT-0.001S"));
        assertThat(
                refused(() -> FaultProxy.to(URI.create("ftp://host/")).close()),
                is("server must have a host and a port, was ftp://host/"));
    }

    private static String refused(Runnable step) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, step::run).getMessage());
    }
}
