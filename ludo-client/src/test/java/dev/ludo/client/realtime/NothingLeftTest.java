package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.ludo.client.realtime.ConnectionEvent.Closed;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However connections end, no thread and no descriptor of theirs is left. */
@Timeout(60)
class NothingLeftTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void noThreadAndNoDescriptorIsLeftHoweverConnectionsEnd() throws Exception {
        try (Leaks leaks = new Leaks(dir)) {
            run(leaks, 1);
            run(leaks, 3); // what is loaded and opened once stays open
            long before = Leaks.openDescriptors();
            run(leaks, 40);
            Leaks.waitUntil(() -> Leaks.openDescriptors() <= before);
            assertThat(Leaks.openDescriptors(), is(lessThanOrEqualTo(before)));
            Leaks.waitUntil(() -> leaks.threads().isEmpty());
            assertThat(leaks.threads(), is(empty()));
        }
    }

    private void run(Leaks leaks, int connections) throws Exception {
        CountDownLatch ended = new CountDownLatch(connections - connections / 5);
        try (PeerServer server = new PeerServer();
                RoomSockets sockets =
                        server.sockets().reconnects(ReconnectPolicy.never()).build()) {
            for (int i = 0; i < connections; i++) {
                RoomConnection connection = sockets.join(RoomCode.of("K7Q2MX"), Secret.of("pt_0123456789"));
                connection.onConnection(Closed.class, c -> ended.countDown());
                FutureTask<?> opened = new FutureTask<>(connection::open);
                Thread.ofVirtual().start(opened);
                Peer peer = server.peer();
                peer.expect("room:join");
                boolean refused = i % 5 == 4;
                if (refused) {
                    peer.close(4404, "no");
                } else {
                    peer.say(Peer.JOINED);
                    opened.get(20, TimeUnit.SECONDS);
                    if (connections == 1) { // what is looked for can be found
                        assertThat(leaks.threads(), is(not(empty())));
                    }
                }
                switch (i % 5) {
                    case 0 -> peer.close(1001, "restart");
                    case 1 -> peer.cut();
                    case 2 -> peer.say("{\"type\":\"room:closed\",\"seq\":5}");
                    default -> {} // the sockets close it
                }
            }
        }
        assertThat(ended.await(20, TimeUnit.SECONDS), is(true));
    }
}
