package dev.ludo.server;

import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.tck.GamesTck;
import dev.ludo.testkit.tck.HistoryTck;
import dev.ludo.testkit.tck.HttpTck;
import dev.ludo.testkit.tck.IdempotencyTck;
import dev.ludo.testkit.tck.LeaderboardTck;
import dev.ludo.testkit.tck.PlayersTck;
import dev.ludo.testkit.tck.RatingsTck;
import dev.ludo.testkit.tck.ResumeTck;
import dev.ludo.testkit.tck.RoomsTck;
import dev.ludo.testkit.tck.SocketGameTck;
import dev.ludo.testkit.tck.SocketTck;
import dev.ludo.testkit.tck.TckTarget;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** What the API does through the proxy is what it does without, with the cache on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyKeepsTheContractTest {
    private final FakeLudo fake = FakeLudo.builder().turnTime(Duration.ZERO).start();
    private final LudoServer proxy = LudoServer.start(config());
    private final Tap tap;

    ProxyKeepsTheContractTest() throws IOException {
        tap = Tap.before(proxy.port());
    }

    private ServerConfig config() {
        ServerConfig config = ProxyTest.config(fake);
        return config.withSockets(config.sockets().withMessageLimit(0).withLimits(1000, 1000));
    }

    private TckTarget target() {
        return TckTarget.proxy(tap.uri());
    }

    @AfterAll
    void stop() throws IOException {
        tap.close();
        proxy.close();
        fake.close();
    }

    @Nested
    class Calls extends HttpTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class Idempotency extends IdempotencyTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class Players extends PlayersTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class Rooms extends RoomsTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class Games extends GamesTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class History extends HistoryTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class Leaderboards extends LeaderboardTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class Ratings extends RatingsTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class Sockets extends SocketTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class Resuming extends ResumeTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }

    @Nested
    class GamesOverSockets extends SocketGameTck {
        @Override
        protected TckTarget target() {
            return ProxyKeepsTheContractTest.this.target();
        }
    }
}
