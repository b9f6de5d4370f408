package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.event.RoomEvent.Pong;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import dev.ludo.testkit.fault.Direction;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What peers do that no good client does, frame by frame. */
class SocketFramesTest extends WithFake {
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;

    private Room room;
    private Api.Seated ann;

    /** Peers that never end their connections are not waited for long. */
    @Override
    FakeLudoBuilder setup() {
        return super.setup().linger(Duration.ofMillis(50));
    }

    @BeforeEach
    void seat() {
        room = api.open(2, "classic");
        ann = api.seat(room, "Ann");
    }

    /** A peer that sends any bytes. */
    private final class Peer implements AutoCloseable {
        private final Socket socket = new Socket();
        private final DataInputStream in;

        private Peer(int receiveBuffer) throws IOException {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ludo.port()));
            socket.setSoTimeout(20_000);
            String request = String.join(
                    "\r\n",
                    "GET /ws HTTP/1.1",
                    "Host: localhost",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Authorization: Bearer lk_test_demo",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "",
                    "");
            send(request.getBytes(ISO_8859_1));
            in = new DataInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            assertThat(RawHttp.status(head.toString()), is(101));
            assertThat(
                    "the accept of RFC 6455's example",
                    head.indexOf("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") > 0,
                    is(true));
        }

        private void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        private Peer send(int first, byte[] payload) throws IOException {
            send(masked(first, payload));
            return this;
        }

        private Peer text(String text) throws IOException {
            return send(TEXT, text.getBytes(UTF_8));
        }

        /** The next frame: its first byte, and its payload. */
        private Frame read() throws IOException {
            int first = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            return new Frame(first, in.readNBytes((int) length));
        }

        /** The code of the close; the connection ends when it is answered. */
        private int closeCode() throws IOException {
            Frame frame = read();
            while (frame.first != CLOSE) {
                frame = read();
            }
            send(CLOSE, frame.payload);
            assertThat("nothing follows", in.read(), is(-1));
            return Short.toUnsignedInt(ByteBuffer.wrap(frame.payload).getShort());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static final class Frame {
        private final int first;
        private final byte[] payload;

        private Frame(int first, byte[] payload) {
            this.first = first;
            this.payload = payload;
        }

        private String text() {
            return new String(payload, UTF_8);
        }
    }

    private static byte[] masked(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            out.write(0x80 | 126);
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        byte[] mask = {1, 2, 3, (byte) 0xF4};
        out.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ mask[i % 4]);
        }
        return out.toByteArray();
    }

    private Peer watcher(int receiveBuffer) throws IOException {
        Peer peer = new Peer(receiveBuffer);
        peer.text("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
        assertThat(peer.read().text().startsWith("{\"type\":\"room:joined\""), is(true));
        return peer;
    }

    @ParameterizedTest
    @CsvSource({
        "82, 61, 1003",
        "02, 61, 1003",
        "83, 61, 1002",
        "C1, 61, 1002",
        "80, 61, 1002",
        "09, 61, 1002",
        "88, 03, 1002",
        "88, 03ED, 1002",
        "88, 0BB7, 1002",
        "88, 03E8C0, 1007",
        "81, C080, 1007",
        "81, 226122EDA080, 1007"
    })
    void aFrameThatBreaksTheProtocolEndsTheSocket(String first, String payload, int code) throws IOException {
        try (Peer peer = watcher(0)) {
            peer.send(Integer.parseInt(first, 16), HexFormat.of().parseHex(payload));
            assertThat(peer.closeCode(), is(code));
        }
    }

    @Test
    void aFrameWithoutAMaskEndsTheSocket() throws IOException {
        try (Peer peer = watcher(0)) {
            peer.send(new byte[] {(byte) TEXT, 2, '{', '}'});
            assertThat(peer.closeCode(), is(1002));
        }
    }

    @Test
    void aMessageInsideAMessageEndsTheSocket() throws IOException {
        try (Peer peer = watcher(0)) {
            peer.send(0x01, "{".getBytes(UTF_8)).text("{}");
            assertThat(peer.closeCode(), is(1002));
        }
    }

    @ParameterizedTest
    @CsvSource({"3E8, 1000", "FA1, 4001", "BB8, 3000"})
    void aCloseIsAnsweredWithItsCode(String code, int expected) throws IOException {
        try (Peer peer = watcher(0)) {
            peer.send(
                    CLOSE,
                    ByteBuffer.allocate(2).putShort(Short.parseShort(code, 16)).array());
            Frame answer = peer.read();
            assertThat(answer.first, is(CLOSE));
            assertThat(Short.toUnsignedInt(ByteBuffer.wrap(answer.payload).getShort()), is(expected));
            assertThat(peer.in.read(), is(-1));
        }
    }

    @Test
    void aCloseWithoutACodeIsAnsweredWithoutOne() throws IOException {
        try (Peer peer = watcher(0)) {
            peer.send(CLOSE, new byte[0]);
            Frame answer = peer.read();
            assertThat(answer.first, is(CLOSE));
            assertThat(answer.payload.length, is(0));
            assertThat(peer.in.read(), is(-1));
        }
    }

    @ParameterizedTest
    @CsvSource({"100", "125", "126", "32767", "32768", "40000", "65535", "65536"})
    void aMessageMayHave64KiB(int length) throws IOException {
        try (Peer peer = watcher(0)) {
            String ping = "{\"type\":\"ping\",\"filler\":\"" + "x".repeat(length - 27) + "\"}";
            assertThat(ping.length(), is(length));
            peer.text(ping);
            assertThat(peer.read().text(), is("{\"type\":\"pong\",\"data\":{}}"));
        }
    }

    @Test
    void aMessageOfMoreThan64KiBEndsTheSocketWholeOrInParts() throws IOException {
        try (Peer peer = watcher(0)) {
            peer.send(TEXT, new byte[65_537]);
            assertThat(peer.closeCode(), is(1009));
        }
        try (Peer peer = watcher(0)) {
            peer.send(0x01, new byte[65_000]).send(0x00, new byte[500]).send(0x80, new byte[37]);
            assertThat(peer.closeCode(), is(1009));
        }
    }

    @Test
    void aMessageInPartsMayBreakInsideACharacterAndHoldPings() throws IOException {
        try (Peer peer = watcher(0)) {
            byte[] ping = "{\"type\":\"ping\",\"requestId\":\"🎲\"}".getBytes(UTF_8);
            byte[] begin = Arrays.copyOf(ping, 30);
            byte[] end = Arrays.copyOfRange(ping, 30, ping.length);
            peer.send(0x01, begin).send(0x89, "hi".getBytes(UTF_8)).send(0x80, end);
            Frame pong = peer.read();
            assertThat(pong.first, is(0x8A));
            assertThat(pong.text(), is("hi"));
            assertThat(peer.read().text(), is("{\"type\":\"pong\",\"data\":{\"requestId\":\"🎲\"}}"));
        }
    }

    @Test
    void aPeerThatReadsTooSlowlyIsClosedAndHoldsNobodyUp() throws IOException {
        api.seat(room, "Bob");
        try (Peer slow = watcher(4096);
                TestSocket watcher = TestSocket.watch(ludo, room, "")) {
            watcher.joined();
            byte[] sync = masked(TEXT, "{\"type\":\"state:sync\"}".getBytes(UTF_8));
            ByteArrayOutputStream many = new ByteArrayOutputStream();
            for (int i = 0; i < 20_000; i++) {
                many.writeBytes(sync);
            }
            slow.send(many.toByteArray());
            watcher.send("{\"type\":\"ping\"}");
            assertThat(watcher.nextEvent(), is(new Pong(Optional.empty())));
            assertThat(slow.closeCode(), is(4410));
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aPeerThatVanishesLeavesNothingBehind(boolean reset) throws IOException {
        try (TestSocket watcher = TestSocket.watch(ludo, room, "")) {
            watcher.joined();
            Peer player = new Peer(0);
            player.text("{\"type\":\"room:join\",\"roomCode\":\"" + room.code() + "\",\"playerToken\":\"" + ann.token()
                    + "\"}");
            assertThat(watcher.nextEvent(), is(new PlayerConnection(ann.playerId(), true)));
            assertThat(ludo.openSockets(), is(2));
            if (reset) {
                player.socket.setSoLinger(true, 0);
                player.close();
            } else {
                player.socket.shutdownOutput();
            }
            assertThat(watcher.nextEvent(), is(new PlayerConnection(ann.playerId(), false)));
            assertThat(ludo.openSockets(), is(1));
            if (!reset) {
                player.in.readAllBytes();
                player.close();
            }
        }
    }

    @Test
    void aPeerThatIsDeafDoesNotKeepTheFakeFromClosing() throws IOException {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (Peer deaf = watcher(0);
                    Peer silent = new Peer(0)) {
                long begin = System.nanoTime();
                ludo.close();
                took.add(Duration.ofNanos(System.nanoTime() - begin));
                for (Peer peer : List.of(deaf, silent)) {
                    assertThat(peer.read().first, is(CLOSE));
                    assertThat(peer.in.read(), is(-1));
                }
            }
            ludo = setup().start();
            room = ludo.openRoom(NewRoom.DEFAULT);
        }
        took.sort(null);
        assertThat("the median of " + took, took.get(2), lessThan(Duration.ofMillis(200)));
    }

    @Test
    void aFaultMayBreakAFrameOffInTheMiddle() throws IOException {
        ludo.faults().add(FaultRule.during(Fault.truncate(20)).on(FaultMatch.message("room:joined")));
        try (Peer peer = new Peer(0)) {
            peer.text("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
            assertThat(peer.in.readAllBytes().length, is(20));
        }
    }

    @Test
    void aFaultMayEndTheConnectionWithoutAClose() throws IOException {
        ludo.faults().add(FaultRule.before(Fault.abort()).on(FaultMatch.message("room:watch")));
        try (Peer peer = new Peer(0)) {
            peer.text("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
            assertThat(peer.in.read(), is(-1));
        }
        ludo.faults().add(FaultRule.after(Fault.abort()).on(FaultMatch.message("room:joined")));
        try (Peer peer = new Peer(0)) {
            peer.text("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
            assertThat(peer.read().first, is(TEXT));
            assertThat(peer.in.read(), is(-1));
        }
    }

    @Test
    void aFaultMayResetTheConnection() throws IOException {
        ludo.faults().add(FaultRule.before(Fault.reset()).on(FaultMatch.messages(Direction.OUT)));
        try (Peer peer = new Peer(0)) {
            peer.text("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
            assertThrows(SocketException.class, () -> peer.in.read());
        }
    }
}
