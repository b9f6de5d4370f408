package dev.ludo.testkit.tck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.sun.net.httpserver.HttpServer;
import dev.ludo.core.model.Secret;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.JUnitRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The cases can fail: no API passes that does not do what they ask. */
class TckFindsBreachesTest {
    /** An API that says yes to everything, and nothing more. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class AgreeableApi extends LudoTck {
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private HttpServer server;

        @BeforeAll
        void start() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] yes = "{\"success\":true,\"data\":{}}".getBytes(StandardCharsets.UTF_8);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, yes.length);
                    exchange.getResponseBody().write(yes);
                }
            });
            server.setExecutor(threads);
            server.start();
        }

        @AfterAll
        void stop() {
            server.stop(0);
            threads.shutdownNow();
        }

        @Override
        protected TckTarget target() {
            String authority = "127.0.0.1:" + server.getAddress().getPort();
            return TckTarget.upstream(
                            URI.create("http://" + authority + "/v1"),
                            URI.create("ws://" + authority + "/ws"),
                            Secret.of("lk_any"))
                    .withDeadline(Duration.ofSeconds(5));
        }
    }

    @Test
    void anApiThatOnlySaysYesKeepsNothingOfTheContract() {
        JUnitRun run = JUnitRun.of(AgreeableApi.class);
        assertThat(run.passed().keySet(), is(Set.of("healthIsToldWithoutAKey (contract 1: GET /health [A])")));
        assertThat(run.skipped(), is(anEmptyMap()));
        assertThat(run.failed().size(), is(greaterThan(100)));
        run.failed().values().forEach(thrown -> assertThat(thrown.getMessage(), startsWith("contract ")));
    }

    /** Calls that are not counted: nothing says what is left of the rate. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class WithoutRates extends HttpTck {
        private final FakeLudo ludo = FakeLudo.builder().rateLimit(0).start();

        @Override
        protected TckTarget target() {
            return TckTarget.upstream(ludo.baseUri(), ludo.wsUri(), ludo.apiKey());
        }

        @AfterAll
        void stop() {
            ludo.close();
        }
    }

    @Test
    void aFailureNamesTheSectionAndShowsTheAnswer() {
        JUnitRun run = JUnitRun.of(WithoutRates.class);
        String name = "everyAnswerSaysWhatIsLeftOfTheRate (contract 1: rate limit headers [A])";
        assertThat(run.failed().keySet(), is(Set.of(name)));
        assertThat(
                run.failure(name).getMessage(),
                startsWith("contract 1: rate limit headers [A]: GET /rooms -> 200 {\"success\":true"));
    }

    /** What an API has that knows only what is attested. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class AttestedAlone extends LudoTck {
        private final FakeLudo ludo = FakeLudo.builder().attestedOnly().start();

        @Override
        protected TckTarget target() {
            return TckTarget.upstream(ludo.baseUri(), ludo.wsUri(), ludo.apiKey())
                    .attestedOnly();
        }

        @AfterAll
        void stop() {
            ludo.close();
        }
    }

    @Test
    void whatIsDesignedCanBeLeftOut() {
        JUnitRun run = JUnitRun.of(AttestedAlone.class);
        assertThat(run.failed(), is(anEmptyMap()));
        assertThat(run.passed().keySet(), everyItem(containsString("[A])")));
        assertThat(run.passed(), is(aMapWithSize(greaterThan(10))));
        assertThat(run.skipped().keySet(), everyItem(containsString("[D])")));
        assertThat(new TreeSet<>(run.skipped().values()).first(), containsString("the target is without [DESIGNED"));
    }
}
