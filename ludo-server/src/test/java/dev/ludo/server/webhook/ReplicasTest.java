package dev.ludo.server.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.json.WebhookCodec;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookEvent.RoomClosed;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Await;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Sender;
import dev.ludo.server.Wire;
import dev.ludo.server.cache.CacheConfig;
import dev.ludo.testkit.FakeLudo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two proxies that share a folder: what one is told, the other knows. */
class ReplicasTest {
    private static final Secret SECRET = WebhookSigner.newSecret(new Random(11));

    @TempDir
    Path folder;

    private FakeLudo api;
    private LudoServer first;
    private LudoServer second;
    private Wire toFirst;
    private Wire toSecond;

    @BeforeEach
    void start() {
        api = FakeLudo.start();
        first = proxy();
        second = proxy();
        toFirst = new Wire(first.uri());
        toSecond = new Wire(second.uri());
    }

    private LudoServer proxy() {
        Duration life = Duration.ofHours(1); // so that nothing gets old while a test runs
        return LudoServer.start(ProxyTest.config(api)
                .withCache(CacheConfig.DEFAULT.withLives(life, life, life, life))
                .withWebhooks(new WebhookConfig(List.of(SECRET), Optional.empty(), folder, WebhookConfig.KEPT)));
    }

    @AfterEach
    void stop() {
        toFirst.close();
        toSecond.close();
        first.close();
        second.close();
        api.close();
    }

    private static int deliver(Wire wire, String id, String body) {
        return Sender.deliver(wire, SECRET, id, body).status();
    }

    private static String closing(Room room) {
        return WebhookCodec.write(new RoomClosed(Clock.systemUTC().instant(), room));
    }

    /** Has the second proxy keep a room, and gives the path at which it does. */
    private String keptBySecond(Room room) {
        String path = "/rooms/" + room.code();
        toSecond.get(path);
        assertThat(isKeptBySecond(path), is(true));
        return path;
    }

    private boolean isKeptBySecond(String path) {
        return toSecond.get(path).header("Age").isPresent();
    }

    @Test
    void aWebhookToOneDropsWhatItTouchesAlsoFromTheOther() throws Exception {
        Room room = api.openRoom(NewRoom.DEFAULT);
        String path = keptBySecond(room);
        String untouched = keptBySecond(api.openRoom(NewRoom.DEFAULT));
        assertThat(deliver(toFirst, "msg_1", closing(room)), is(204));
        Await.until("the second asks the API again", () -> !isKeptBySecond(path));
        assertThat("and keeps the answer", isKeptBySecond(path), is(true));
        assertThat(isKeptBySecond(untouched), is(true));
        String metrics = toSecond.get("/metrics").text();
        assertThat(metrics, containsString("\nludo_inbox_heard_total 1.0"));
        assertThat(metrics, containsString("\nludo_inbox_trouble 0.0"));
        assertThat(
                "who accepts it need not read it",
                toFirst.get("/metrics").text(),
                containsString("\nludo_inbox_heard_total 0.0"));
    }

    @Test
    void whoeverTakesOverMissesNothingBetween() throws Exception {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Room room = api.openRoom(NewRoom.DEFAULT);
            paths.add(keptBySecond(room));
            assertThat(deliver(toFirst, "msg_" + i, closing(room)), is(204));
        }
        first.close();
        Room room = api.openRoom(NewRoom.DEFAULT);
        paths.add(keptBySecond(room));
        Await.until("the second takes over", () -> deliver(toSecond, "msg_5", closing(room)) == 204);
        for (String path : paths) {
            Await.until("the second asks the API again", () -> !isKeptBySecond(path));
        }
    }
}
