package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.LudoClient;
import dev.ludo.client.LudoClientBuilder;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a {@link LudoClient} looks for its socket, and that it closes what it opened. */
@Timeout(60)
class ClientSocketsTest {
    private static final RoomCode ROOM = RoomCode.of("K7Q2MX");

    private static String requestLine(UnaryOperator<LudoClientBuilder> settings) throws Exception {
        try (PeerServer server = new PeerServer()) {
            LudoClientBuilder builder = LudoClient.builder()
                    .baseUri(URI.create(server.uri().replace("ws://", "http://") + "/v1"))
                    .apiKey("lk_test_secret_key");
            Peer peer;
            try (LudoClient client = settings.apply(builder).build()) {
                FutureTask<?> opened = new FutureTask<>(client.join(ROOM, Secret.of("pt_0123456789"))::open);
                Thread.ofVirtual().start(opened);
                peer = server.peer();
                peer.expect("room:join");
                peer.say(Peer.JOINED);
                opened.get(20, TimeUnit.SECONDS);
            }
            assertThat(peer.end.get(20, TimeUnit.SECONDS).code(), is(1000));
            String head = Objects.requireNonNull(server.requests.poll(20, TimeUnit.SECONDS));
            assertThat(PeerServer.header(head, "User-Agent"), startsWith("ludo-java/"));
            return head.lines().findFirst().orElse("");
        }
    }

    @Test
    void theSocketIsBesideTheBaseUriAndClosesWithTheClient() throws Exception {
        assertThat(requestLine(builder -> builder), is("GET /ws HTTP/1.1"));
    }

    @Test
    void theSocketMayBeElsewhereAndHaveTheRoomInItsPath() throws Exception {
        try (PeerServer elsewhere = new PeerServer("HTTP/1.1 404 Not Found|Content-Length: 0||");
                LudoClient client = LudoClient.builder()
                        .baseUri(URI.create("http://127.0.0.1:1/v1"))
                        .wsUri(elsewhere.uri() + "/a%2Fb/{code}")
                        .apiKey("lk")
                        .build()) {
            assertThrows(RejectedException.class, () -> client.watch(ROOM).open());
            assertThat(
                    Objects.requireNonNull(elsewhere.requests.poll(20, TimeUnit.SECONDS)),
                    containsString("GET /a%2Fb/K7Q2MX HTTP/1.1\r\n"));
        }
    }

    @Test
    void aSocketThatTheKeyMustNotGoToIsRefusedAtOnce() {
        LudoClientBuilder builder =
                LudoClient.builder().wsUri(URI.create("ws://example.com/ws")).apiKey("lk");
        assertThrows(IllegalArgumentException.class, builder::build);
        builder.allowHttp(true).build().close();
    }
}
