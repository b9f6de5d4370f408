package dev.ludo.testkit.tck;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract as tests: extend it, and say where your API is.
 *
 * {@snippet :
 * class OurProxyKeepsTheContractIT extends LudoTck {
 *     @Override
 *     protected TckTarget target() {
 *         return TckTarget.proxy(URI.create("http://localhost:8000"));
 *     }
 * }
 * }
 *
 * <p>The target is asked for before each case, also before methods with {@code @BeforeEach}: start in {@code @BeforeAll}
 * what has to be started. To run a part only, extend one of the other classes, such as {@link RoomsTck}.
 */
public abstract class LudoTck {
    /** For subclasses. */
    protected LudoTck() {}

    /**
     * The API to test.
     *
     * @return where it is; asked several times for each case
     */
    protected abstract TckTarget target();

    @Nested
    class Calls extends HttpTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Idempotency extends IdempotencyTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Players extends PlayersTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Rooms extends RoomsTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Games extends GamesTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Sockets extends SocketTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class SocketGame extends SocketGameTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Resume extends ResumeTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Ratings extends RatingsTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Leaderboard extends LeaderboardTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class History extends HistoryTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }

    @Nested
    class Webhooks extends WebhooksTck {
        @Override
        protected TckTarget target() {
            return LudoTck.this.target();
        }
    }
}
