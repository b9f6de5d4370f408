package dev.ludo.server.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.LudoClient;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.realtime.ConnectionEvent.Resynced;
import dev.ludo.client.realtime.RoomConnection;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.server.SocketConfig;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Java client behind a proxy whose API has lost the room's history: it does not take what is new for what is old. */
@Timeout(60)
class LostHistoryTest {
    private static byte[] joined(String epoch, long seq) {
        return ("{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"ROOM1\",\"role\":\"player\",\"resumed\":false,\"seq\":"
                        + seq + ",\"epoch\":\"" + epoch + "\"}}")
                .getBytes(UTF_8);
    }

    private static byte[] broadcast(long seq) {
        return ("{\"type\":\"game:turn-change\",\"seq\":" + seq
                        + ",\"data\":{\"currentPlayerId\":\"plr_00000001\",\"reason\":\"moved\"}}")
                .getBytes(UTF_8);
    }

    @Test
    void theClientResyncs() throws Exception {
        try (RawUpstream api = new RawUpstream();
                LegWatch watch = LegWatch.start();
                TestRelay relay = new TestRelay(SocketConfig.of(api.uri()), watch, System::nanoTime, d -> {});
                LudoClient client = LudoClient.builder()
                        .baseUri(URI.create("http://127.0.0.1:" + relay.port()))
                        .wsUri("ws://127.0.0.1:" + relay.port() + "/ws/game/{code}")
                        .apiKey("browsers-have-no-key")
                        .build()) {
            CompletableFuture<Resynced> resynced = new CompletableFuture<>();
            CompletableFuture<RoomEvent> heard = new CompletableFuture<>();
            RoomConnection room = client.join(RoomCode.of("ROOM1"), Secret.of("a-seat"))
                    .onConnection(Resynced.class, resynced::complete)
                    .on(RoomEvent.TurnChange.class, heard::complete);
            CompletableFuture<RoomEvent.RoomJoined> opened = CompletableFuture.supplyAsync(room::open);
            RawUpstream.Connection first = api.next();
            first.next();
            first.leg.send(joined("e1", 40));
            opened.get(20, TimeUnit.SECONDS);
            first.leg.close(1012, "restart");

            RawUpstream.Connection second = api.next();
            assertThat(second.next(), containsString("\"lastSeq\":40,\"epoch\":\"e1\""));
            second.leg.send(joined("e2", 3));
            RawUpstream.Connection third = api.next(); // the client itself asks how things stand
            assertThat(third.next(), containsString("\"epoch\":\"e1\""));
            third.leg.send(joined("e2", 3));
            assertThat(resynced.get(20, TimeUnit.SECONDS).to(), is(Optional.of(new Sequence("e2", 3))));
            third.leg.send(broadcast(4));
            heard.get(20, TimeUnit.SECONDS);
            room.close();
        }
    }
}
