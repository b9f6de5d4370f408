package dev.ludo.server.ops;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.core.model.Secret;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.RawCaller;
import dev.ludo.server.RawCaller.Answer;
import dev.ludo.server.Told;
import dev.ludo.server.Wire;
import dev.ludo.server.guard.GuardConfig;
import dev.ludo.server.guard.Networks;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What operators see, and how the proxy ends. */
class OperationsTest extends ProxyTest {
    @Test
    void metricsCountByTemplateAndByNothingThatCallersChoose() {
        wire.get("/rooms/ROOM1");
        wire.get("/rooms/ROOM1");
        wire.get("/rooms/ROOM2");
        wire.get("/canary/path?canary=query");
        wire.call("UNHEARD-OF", "/rooms", "");
        wire.post("/rooms", "{");
        try (RawCaller caller = new RawCaller(proxy.port())) {
            caller.write("GARBAGE\r\n\r\n");
            assertThat(caller.read().status(), is(400));
        }
        Wire.Answer answer = wire.get("/metrics");
        assertThat(answer.header("Content-Type").orElseThrow(), startsWith("text/plain"));
        String text = answer.text();
        assertThat(
                text,
                containsString(
                        "ludo_http_requests_total{method=\"GET\",route=\"/rooms/{code}\",status=\"200\"} 3.0\n"));
        assertThat(text, containsString("{method=\"GET\",route=\"-\",status=\"404\"} 1.0\n"));
        assertThat(text, containsString("{method=\"other\",route=\"/rooms\",status=\"405\"} 1.0\n"));
        assertThat(text, containsString("{method=\"other\",route=\"-\",status=\"400\"} 1.0\n"));
        assertThat(text, containsString("{method=\"POST\",route=\"/rooms\",status=\"400\"} 1.0\n"));
        assertThat(text, containsString("ludo_upstream_seconds_count{route=\"/rooms/{code}\"} 2\n"));
        assertThat(text, containsString("ludo_cache_total{result=\"hit\"} 1.0\n"));
        assertThat(text, containsString("ludo_cache_total{result=\"miss\"} 2.0\n"));
        assertThat(text, containsString("\nludo_connections_open "));
        assertThat(text, containsString("\njvm_memory_used_bytes"));
        assertThat(text, not(containsString("canary")));
        assertThat(text, not(containsString("UNHEARD")));
        assertThat(text, not(containsString("ROOM1")));
    }

    @Test
    void anApiThatFailsIsLeftAloneAndTheBalancerIsTold() {
        assertThat(wire.get("/health/ready").status(), is(200));
        api.answers(500, "");
        Wire.Answer answer;
        int calls = 0;
        do {
            answer = wire.post("/rooms", "");
            calls++;
        } while (answer.status() == 502 && calls < 1000);
        assertThat(answer.status(), is(503));
        assertThat(answer.code(), is("UPSTREAM_UNAVAILABLE"));
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow()) >= 1, is(true));
        int asked = api.asked().size();
        assertThat(wire.post("/rooms", "").status(), is(503));
        assertThat(api.asked().size(), is(asked));
        Wire.Answer ready = wire.get("/health/ready");
        assertThat(ready.status(), is(503));
        assertThat(ready.text(), containsString("{\"field\":\"upstream\","));
        assertThat(wire.get("/health").status(), is(200));
        String metrics = wire.get("/metrics").text();
        assertThat(metrics, containsString("ludo_upstream_circuit 2.0"));
        assertThat(
                metrics,
                containsString("ludo_upstream_attempts_total{method=\"POST\",outcome=\"500\",route=\"/rooms\"} "));
    }

    @Test
    void metricsNeedATokenWhereCallsDoAndHealthDoesNot() {
        restart(usual -> usual.withProxyTokens(Secret.of("good")));
        assertThat(wire.get("/metrics").status(), is(401));
        assertThat(wire.get("/metrics", "Authorization", "Bearer good").status(), is(200));
        for (String path : List.of("/health", "/health/live", "/health/ready")) {
            assertThat(wire.get(path).text(), is("{\"success\":true,\"data\":{\"status\":\"ok\"}}"));
        }
    }

    @Test
    void withAPortForOperatorsMetricsAreThereAndNowhereElse() {
        try (Told told = new Told(LudoServer.class)) {
            restart(usual -> usual.withProxyTokens(Secret.of("good")).withAdminPort(0));
            assertThat(
                    told.lines("INFO metrics and health for operators are at http://localhost:" + proxy.adminPort())
                            .size(),
                    is(1));
        }
        try (Wire inside = new Wire(URI.create("http://localhost:" + proxy.adminPort()))) {
            assertThat(wire.get("/metrics", "Authorization", "Bearer good").status(), is(404));
            assertThat(inside.get("/metrics").status(), is(200));
            assertThat(inside.get("/health/ready").status(), is(200));
            assertThat(inside.get("/rooms").status(), is(404));
        }
    }

    @Test
    void theirPortTellsHowThePartsAreAndNoOtherDoes() {
        api.answers(200, "{\"success\":true,\"data\":{\"status\":\"ok\"}}");
        restart(usual ->
                usual.withGuard(GuardConfig.DEFAULT.withLimits(100, 10)).withAdminPort(0));
        try (Wire inside = new Wire(URI.create("http://localhost:" + proxy.adminPort()))) {
            wire.get("/rooms");
            assertThat(wire.get("/health/details").status(), is(404));
            JsonObject well = inside.get("/health/details").json().getJsonObject("data");
            JsonObject upstream = well.getJsonObject("upstream");
            assertThat(upstream.getBoolean("reachable"), is(true));
            assertThat(upstream.getString("circuit"), is("closed"));
            assertThat(upstream.getJsonObject("pool").keySet(), is(Set.of("open", "idle", "calls", "waiting")));
            assertThat(well.getJsonObject("cache").getInt("bytes"), greaterThan(0));
            assertThat(
                    well.getJsonObject("load").keySet(),
                    is(Set.of("sockets", "watchedRooms", "connections", "calls", "clients")));
            assertThat(well.getJsonObject("load").getInt("clients"), is(1));
            assertThat(well.getBoolean("draining"), is(false));

            api.answers(500, "");
            JsonObject ill =
                    inside.get("/health/details").json().getJsonObject("data").getJsonObject("upstream");
            assertThat(ill.getBoolean("reachable"), is(false));
            assertThat(ill.getString("why").isEmpty(), is(false));
            assertThat(inside.get("/health").status(), is(200));
        }
    }

    @Test
    void limitersTellHowManyClientsTheyRemember() {
        restart(usual -> usual.withGuard(
                GuardConfig.DEFAULT.withLimits(100, 10).withTrustedProxies(Networks.parse("127.0.0.1"))));
        api.answers(404, "{\"success\":false,\"error\":\"no\",\"code\":\"ROOM_NOT_FOUND\"}");
        for (int i = 0; i < 3; i++) {
            wire.get("/players/p", "X-Forwarded-For", "1.2.3." + i);
        }
        wire.get("/rooms/ROOM1", "X-Forwarded-For", "1.2.3.1");
        String metrics = wire.get("/metrics", "X-Forwarded-For", "1.2.3.4").text();
        assertThat(metrics, containsString("\nludo_limiter_clients 3.0\n"));
        assertThat(metrics, containsString("\nludo_limiter_seekers 1.0\n"));
    }

    @Test
    void aServerThatEndsSaysSoFirstAndLosesNoCall() throws Exception {
        int callers = 8;
        AtomicInteger served = new AtomicInteger();
        ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
        CountDownLatch busy = new CountDownLatch(callers);
        restart(usual -> usual.withDrain(Duration.ofSeconds(20)));
        try (RawCaller probe = new RawCaller(proxy.port())) {
            List<Thread> threads = IntStream.range(0, callers)
                    .mapToObj(i -> Thread.startVirtualThread(() -> call(proxy.port(), busy, served, lost)))
                    .toList();
            busy.await();
            Thread closing = Thread.startVirtualThread(proxy::close);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(List.copyOf(lost), is(List.of()));
            // Calls are still taken, and the balancer is told.
            probe.write("GET /health/ready HTTP/1.1\r\nHost: a\r\n\r\n");
            Answer ready = probe.read();
            assertThat(ready.status(), is(503));
            assertThat(ready.body(), containsString("{\"field\":\"draining\","));
            assertThat(ready.header("Connection"), is(Optional.of("close")));
            assertThat(probe.ends(), is(true));
            closing.join();
        }
        assertThat(served.get() >= callers * 10, is(true));
    }

    // Calls until an answer says that the connection ends with it.
    private static void call(int port, CountDownLatch busy, AtomicInteger served, ConcurrentLinkedQueue<String> lost) {
        try (RawCaller caller = new RawCaller(port)) {
            for (int i = 0; ; i++) {
                caller.write("POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                Answer answer = caller.read();
                if (answer.status() != 200) {
                    lost.add(answer.head());
                }
                served.incrementAndGet();
                if (i == 10) {
                    busy.countDown();
                }
                if (answer.header("Connection").equals(Optional.of("close"))) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            lost.add(e.toString());
        }
    }
}
