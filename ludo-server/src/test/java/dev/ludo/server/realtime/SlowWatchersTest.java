package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.Wire;
import dev.ludo.server.realtime.EventReader.Event;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watchers of a room that do not read: the others get everything, and those may come back. */
@Timeout(120)
class SlowWatchersTest {
    private static final String PADDING = "x".repeat(60_000);
    private static final String ALL_CUT = """
            ludo_watchers_cut_total{kind="socket"} 1.0
            ludo_watchers_cut_total{kind="stream"} 1.0
            """;

    private static String broadcast(long seq) {
        return "{\"type\":\"game:turn-change\",\"seq\":" + seq + ",\"data\":{\"x\":\"" + PADDING + "\"}}";
    }

    @Test
    void oneThatIsStuckDelaysNobodyAndIsCut() throws Exception {
        try (RawUpstream api = new RawUpstream();
                LudoServer proxy = LudoServer.start(
                        ProxyTest.config(URI.create("http://127.0.0.1:1/v1")).withSockets(SocketConfig.of(api.uri())));
                Wire wire = new Wire(proxy.uri())) {
            List<EventReader> opened = new ArrayList<>();
            Thread opening = Thread.startVirtualThread(() -> opened.add(open(proxy.port())));
            RawUpstream.Connection room = api.next();
            room.next();
            say(room, SpectatorsTest.joined(0, false));
            opening.join();
            long seq = 0;
            try (EventReader events = opened.getFirst();
                    RawClient socket = new RawClient(proxy.port());
                    RawClient stuckSocket = new RawClient(proxy.port(), 4096);
                    EventReader stuckStream = EventReader.unread(proxy.port(), "room1", 4096)) {
                socket.sendText("{\"type\":\"room:watch\"}");
                stuckSocket.sendText("{\"type\":\"room:watch\"}");
                assertThat(socket.read(), is(SpectatorsTest.joined(0, false)));
                assertThat(events.next().type(), is("room:joined"));
                while (!wire.get("/metrics").text().contains(ALL_CUT)) {
                    seq++;
                    assertThat(seq, is(lessThan(250L))); // or what was missed is not kept
                    say(room, broadcast(seq));
                    assertThat(socket.read(), is(broadcast(seq)));
                    assertThat(events.next(), is(new Event("e1:" + seq, "game:turn-change", broadcast(seq))));
                }
                String metrics = wire.get("/metrics").text();
                assertThat(metrics, containsString("ludo_watchers{kind=\"socket\"} 1.0\n"));
                assertThat(metrics, containsString("ludo_watchers{kind=\"stream\"} 1.0\n"));

                long last = lastOf(stuckStream);
                assertThat(last, is(lessThan(seq)));
                try (EventReader back = EventReader.open(proxy.port(), "room1", "Last-Event-ID", "e1:" + last)) {
                    assertThat(back.next().data(), containsString("\"resumed\":true"));
                    for (long missed = last + 1; missed <= seq; missed++) {
                        assertThat(back.next().id(), is("e1:" + missed));
                    }
                }
            }
            while (proxy.openSockets() > 0) { // a stream finds out that its reader has gone when it writes
                say(room, SpectatorsTest.broadcast(++seq));
                Thread.onSpinWait();
            }
            assertThat(
                    wire.get("/metrics").text(),
                    containsString("ludo_sockets_ended_total{by=\"proxy\",code=\"4410\"} 1.0\n"));
        }
    }

    private static EventReader open(int port) {
        try {
            return EventReader.open(port, "room1");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void say(RawUpstream.Connection room, String message) {
        room.leg.send(message.getBytes(UTF_8));
    }

    /** Reads what still comes, which ends in the middle; gives the last number that came whole. */
    private static long lastOf(EventReader stuck) {
        List<String> ids = new ArrayList<>();
        boolean lost = false;
        try {
            stuck.read(event -> ids.add(event.id()));
        } catch (IOException e) {
            lost = true;
        }
        assertThat("it does not end as if there were no more", lost, is(true));
        return Optional.of(ids.getLast())
                .map(id -> Long.parseLong(id.substring(3)))
                .orElseThrow();
    }
}
