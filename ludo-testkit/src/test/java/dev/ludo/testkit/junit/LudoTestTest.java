package dev.ludo.testkit.junit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.NewRoom;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.JUnitRun;
import dev.ludo.testkit.VirtualClock;
import dev.ludo.testkit.journal.Journal;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets which fake, by the annotation and by the builder. */
class LudoTestTest {
    private static final List<FakeLudo> SEEN = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private static void assertAllPass(JUnitRun run, int tests) {
        assertThat(run.failed(), is(anEmptyMap()));
        assertThat(run.passed().size(), is(tests));
    }

    private static void assertIsClosed(FakeLudo fake) {
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), fake.port()).close());
    }

    @LudoTest
    static class Fresh {
        @BeforeEach
        void open(FakeLudo ludo) {
            ludo.openRoom(NewRoom.DEFAULT);
        }

        @RepeatedTest(2)
        void hasItsOwn(FakeLudo ludo) {
            assertThat(ludo.rooms().size(), is(1));
            SEEN.add(ludo);
        }

        @AfterEach
        void stillThere(FakeLudo ludo) {
            assertThat(ludo.rooms().size(), is(1));
        }
    }

    @Test
    void eachTestHasAFreshFakeThatEndsWithIt() {
        assertAllPass(JUnitRun.of(Fresh.class), 2);
        assertThat(SEEN.get(0), is(not(sameInstance(SEEN.get(1)))));
        SEEN.forEach(LudoTestTest::assertIsClosed);
    }

    @LudoTest(shared = true)
    static class Shared {
        @BeforeAll
        static void begin(FakeLudo ludo) {
            SEEN.add(ludo);
        }

        @RepeatedTest(2)
        void hasTheSame(FakeLudo ludo) {
            assertThat("it was reset", ludo.rooms(), is(List.of()));
            ludo.openRoom(NewRoom.DEFAULT);
            SEEN.add(ludo);
        }

        @Nested
        class Within {
            @Test
            void hasTheSameToo(FakeLudo ludo) {
                assertThat("it was reset", ludo.rooms(), is(List.of()));
                SEEN.add(ludo);
            }
        }

        @AfterAll
        static void end(FakeLudo ludo) {
            SEEN.add(ludo);
        }
    }

    @Test
    void aSharedFakeIsResetBeforeEachTestAndEndsWithTheClass() {
        assertAllPass(JUnitRun.of(Shared.class), 3);
        assertThat(SEEN.size(), is(5));
        assertThat(Set.copyOf(SEEN).size(), is(1));
        assertIsClosed(SEEN.getFirst());
    }

    @LudoTest
    static class EveryParameter {
        private final FakeLudo ofConstructor;

        EveryParameter(FakeLudo ludo) {
            this.ofConstructor = ludo;
        }

        @Test
        void isOfTheSameFake(
                FakeLudo ludo, VirtualClock clock, Journal journal, @BaseUri URI base, @SocketUri URI socket) {
            assertThat(ofConstructor, is(sameInstance(ludo)));
            assertThat(clock, is(sameInstance(ludo.clock())));
            assertThat(journal, is(sameInstance(ludo.journal())));
            assertThat(base, is(ludo.baseUri()));
            assertThat(socket, is(ludo.wsUri()));
        }
    }

    @Test
    void theParametersOfATestAreThoseOfItsFake() {
        assertAllPass(JUnitRun.of(EveryParameter.class), 1);
    }

    @LudoTest
    static class NoFakeForTheClass {
        @BeforeAll
        static void begin(FakeLudo ludo) {
            SEEN.add(ludo);
        }

        @Test
        void isNotReached() {}
    }

    @Test
    void whoAsksForAFakeWhereThereIsNoneIsToldHowToGetOne() {
        JUnitRun run = JUnitRun.of(NoFakeForTheClass.class);
        assertThat(
                run.failure("LudoTestTest$NoFakeForTheClass").getMessage(), containsString("@LudoTest(shared = true)"));
        assertThat(run.passed(), is(anEmptyMap()));
    }

    static class ByBuilder {
        @RegisterExtension
        final LudoExtension ludo =
                LudoExtension.builder().fake(fake -> fake.rateLimit(7).seed(1)).build();

        @RepeatedTest(2)
        void isAsItWasBuilt(FakeLudo injected) {
            assertThat(ludo.fake(), is(sameInstance(injected)));
            SEEN.add(injected);
        }
    }

    @Test
    void aFakeByTheBuilderIsFreshForEachTestToo() {
        assertAllPass(JUnitRun.of(ByBuilder.class), 2);
        assertThat(Set.copyOf(SEEN).size(), is(2));
    }

    static class SharedByBuilder {
        @RegisterExtension
        static final LudoExtension LUDO = LudoExtension.builder().shared().build();

        @RepeatedTest(2)
        void isShared() {
            SEEN.add(LUDO.fake());
        }
    }

    @Test
    void aFakeByTheBuilderCanBeShared() {
        assertAllPass(JUnitRun.of(SharedByBuilder.class), 2);
        assertThat(Set.copyOf(SEEN).size(), is(1));
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> SharedByBuilder.LUDO.fake());
        assertThat(e.getMessage(), containsString("during a test only"));
    }

    static class SharedButNotStatic {
        @RegisterExtension
        final LudoExtension ludo = LudoExtension.builder().shared().build();

        @Test
        void isNotReached() {}
    }

    @Test
    void aSharedFakeNeedsAStaticField() {
        JUnitRun run = JUnitRun.of(SharedButNotStatic.class);
        assertThat(run.failure("isNotReached()").getMessage(), containsString("static field"));
    }

    /** Whichever test comes first holds the fake until the other is over. */
    @LudoTest(shared = true)
    static class SharedAtOnce {
        private static final CountDownLatch OTHER_IS_OVER = new CountDownLatch(1);

        @RegisterExtension
        final AfterEachCallback over = context -> OTHER_IS_OVER.countDown();

        @RepeatedTest(2)
        void holdsTheFake() throws InterruptedException {
            assertThat(OTHER_IS_OVER.await(20, TimeUnit.SECONDS), is(true));
        }
    }

    @Test
    void aSharedFakeServesOneTestAtATime() {
        JUnitRun run = JUnitRun.of(
                SharedAtOnce.class,
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "2"));
        assertThat(run.passed().size(), is(1));
        assertThat(run.failed().size(), is(1));
        assertThat(
                run.failed().values().iterator().next().getMessage(),
                containsString("share a fake and run at the same time"));
    }

    static class UnmarkedUri {
        @RegisterExtension
        final LudoExtension ludo = LudoExtension.builder().build();

        @Test
        void isNotGuessed(URI which) {}
    }

    @Test
    void anUnmarkedUriIsSomebodyElses() {
        JUnitRun run = JUnitRun.of(UnmarkedUri.class);
        assertThat(run.failure("isNotGuessed(URI)").getMessage(), containsString("No ParameterResolver"));
    }
}
