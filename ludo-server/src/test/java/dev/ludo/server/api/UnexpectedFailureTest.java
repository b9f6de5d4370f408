package dev.ludo.server.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.server.Await;
import dev.ludo.server.Wire;
import dev.ludo.server.api.Route.Access;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.Cors;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.Guards;
import dev.ludo.server.guard.Origins;
import dev.ludo.server.guard.Places;
import dev.ludo.server.guard.RateLimits;
import dev.ludo.server.guard.WhoActs;
import dev.ludo.server.guard.WhoActs.Demand;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A defect of the proxy itself: its caller gets the envelope and a request id, and none of what went on inside. */
class UnexpectedFailureTest {
    private final Queue<Served> log = new ConcurrentLinkedQueue<>();

    private WebServer server(Access access) {
        Guards guards = new Guards(
                new CallerAuth(GuardConfig.DEFAULT, Clock.systemUTC()),
                new WhoActs(false),
                RateLimits.local(0, System::nanoTime, Clock.systemUTC()),
                new Cors(Origins.NONE),
                new Places(1));
        Route broken = new Route("GET", "/broken", Demand.NONE, access, exchange -> {
            throw new IllegalStateException("the inside of the proxy");
        });
        Routes routes = new Routes(new FrontDoor(guards, log::add, System::nanoTime, () -> false), List.of(broken));
        return WebServer.builder()
                .host("127.0.0.1")
                .shutdownHook(false)
                .routing(routes.routing())
                .build()
                .start();
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void isAnsweredInTheEnvelope(Access access) throws Exception {
        WebServer server = server(access);
        try (Wire wire = new Wire(URI.create("http://127.0.0.1:" + server.port()))) {
            for (int call = 0; call < 3; call++) { // the one place is given back each time
                Wire.Answer answer = wire.get("/broken");
                assertThat(answer.status(), is(500));
                assertThat(answer.code(), is("INTERNAL"));
                assertThat(
                        answer.json().getString("requestId"),
                        is(answer.header("X-Request-Id").orElseThrow()));
                assertThat(answer.text(), not(containsString("inside")));
                assertThat(answer.text(), not(containsString("Exception")));
            }
            Await.until("all are logged", () -> log.size() == 3); // a call is logged once it is answered
            assertThat(log.stream().map(Served::status).toList(), is(List.of(500, 500, 500)));
        } finally {
            server.stop();
        }
    }
}
