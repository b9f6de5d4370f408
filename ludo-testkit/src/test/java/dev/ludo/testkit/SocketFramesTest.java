package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.ludo.core.event.RoomEvent.PlayerConnection;
import dev.ludo.core.event.RoomEvent.Pong;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    private static final int TEXT = FramePeer.TEXT;
    private static final int CLOSE = FramePeer.CLOSE;

    private Room room;
    private Api.Seated ann;

    private Duration linger = Duration.ofMillis(50);

    /** Peers that never end their connections are not waited for long. */
    @Override
    FakeLudoBuilder setup() {
        return super.setup().linger(linger);
    }

    @BeforeEach
    void seat() {
        room = api.open(2, "classic");
        ann = api.seat(room, "Ann");
    }

    private FramePeer watcher(int receiveBuffer) throws IOException {
        FramePeer peer = new FramePeer(ludo, receiveBuffer);
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
        try (FramePeer peer = watcher(0)) {
            peer.send(Integer.parseInt(first, 16), HexFormat.of().parseHex(payload));
            assertThat(peer.closeCode(), is(code));
        }
    }

    @Test
    void aFrameWithoutAMaskEndsTheSocket() throws IOException {
        try (FramePeer peer = watcher(0)) {
            peer.send(new byte[] {(byte) TEXT, 2, '{', '}'});
            assertThat(peer.closeCode(), is(1002));
        }
    }

    @Test
    void aMessageInsideAMessageEndsTheSocket() throws IOException {
        try (FramePeer peer = watcher(0)) {
            peer.send(0x01, "{".getBytes(UTF_8)).text("{}");
            assertThat(peer.closeCode(), is(1002));
        }
    }

    @ParameterizedTest
    @CsvSource({"3E8, 1000", "FA1, 4001", "BB8, 3000"})
    void aCloseIsAnsweredWithItsCode(String code, int expected) throws IOException {
        try (FramePeer peer = watcher(0)) {
            peer.send(
                    CLOSE,
                    ByteBuffer.allocate(2).putShort(Short.parseShort(code, 16)).array());
            FramePeer.Frame answer = peer.read();
            assertThat(answer.first(), is(CLOSE));
            assertThat(Short.toUnsignedInt(ByteBuffer.wrap(answer.payload()).getShort()), is(expected));
            assertThat(peer.in.read(), is(-1));
        }
    }

    @Test
    void aCloseWithoutACodeIsAnsweredWithoutOne() throws IOException {
        try (FramePeer peer = watcher(0)) {
            peer.send(CLOSE, new byte[0]);
            FramePeer.Frame answer = peer.read();
            assertThat(answer.first(), is(CLOSE));
            assertThat(answer.payload().length, is(0));
            assertThat(peer.in.read(), is(-1));
        }
    }

    @ParameterizedTest
    @CsvSource({"100", "125", "126", "32767", "32768", "40000", "65535", "65536"})
    void aMessageMayHave64KiB(int length) throws IOException {
        try (FramePeer peer = watcher(0)) {
            String ping = "{\"type\":\"ping\",\"filler\":\"" + "x".repeat(length - 27) + "\"}";
            assertThat(ping.length(), is(length));
            peer.text(ping);
            assertThat(peer.read().text(), is("{\"type\":\"pong\",\"data\":{}}"));
        }
    }

    @Test
    void aMessageOfMoreThan64KiBEndsTheSocketWholeOrInParts() throws IOException {
        try (FramePeer peer = watcher(0)) {
            peer.send(TEXT, new byte[65_537]);
            assertThat(peer.closeCode(), is(1009));
        }
        try (FramePeer peer = watcher(0)) {
            peer.send(0x01, new byte[65_000]).send(0x00, new byte[500]).send(0x80, new byte[37]);
            assertThat(peer.closeCode(), is(1009));
        }
    }

    @Test
    void aMessageInPartsMayBreakInsideACharacterAndHoldPings() throws IOException {
        try (FramePeer peer = watcher(0)) {
            byte[] ping = "{\"type\":\"ping\",\"requestId\":\"🎲\"}".getBytes(UTF_8);
            byte[] begin = Arrays.copyOf(ping, 30);
            byte[] end = Arrays.copyOfRange(ping, 30, ping.length);
            peer.send(0x01, begin).send(0x89, "hi".getBytes(UTF_8)).send(0x80, end);
            FramePeer.Frame pong = peer.read();
            assertThat(pong.first(), is(0x8A));
            assertThat(pong.text(), is("hi"));
            assertThat(peer.read().text(), is("{\"type\":\"pong\",\"data\":{\"requestId\":\"🎲\"}}"));
        }
    }

    @Test
    void aPeerThatReadsTooSlowlyIsClosedAndHoldsNobodyUp() throws IOException {
        stopFake();
        linger = Duration.ofSeconds(20); // within which it must have come to read its close
        startFake();
        seat();
        api.seat(room, "Bob");
        try (FramePeer slow = watcher(4096);
                TestSocket watcher = TestSocket.watch(ludo, room, "")) {
            watcher.joined();
            byte[] sync = FramePeer.masked(TEXT, "{\"type\":\"state:sync\"}".getBytes(UTF_8));
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
            FramePeer player = new FramePeer(ludo, 0);
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
            try (FramePeer deaf = watcher(0);
                    FramePeer silent = new FramePeer(ludo, 0)) {
                long begin = System.nanoTime();
                ludo.close();
                took.add(Duration.ofNanos(System.nanoTime() - begin));
                for (FramePeer peer : List.of(deaf, silent)) {
                    assertThat(peer.read().first(), is(CLOSE));
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
        try (FramePeer peer = new FramePeer(ludo, 0)) {
            peer.text("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
            assertThat(peer.in.readAllBytes().length, is(20));
        }
    }
}
