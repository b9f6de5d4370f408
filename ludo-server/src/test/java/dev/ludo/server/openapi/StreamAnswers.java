package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.RawCaller;
import dev.ludo.server.Wire;
import dev.ludo.server.openapi.DocumentedCalls.Seen;
import dev.ludo.testkit.FakeLudo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Watches rooms by streams of events: one that is open, one that is closed, one that does not exist, and one that nobody may watch. */
final class StreamAnswers {
    private static final String STREAM = "GET /rooms/{code}/events";

    private final DocumentedCalls calls;

    StreamAnswers(DocumentedCalls calls) {
        this.calls = calls;
    }

    void all() throws Exception {
        try (FakeLudo fake = FakeLudo.builder().turnTime(Duration.ZERO).start();
                LudoServer proxy = LudoServer.start(ProxyTest.config(fake));
                Wire wire = new Wire(proxy.uri())) {
            RoomCode code = fake.openRoom(2, GameMode.QUICK).code();
            assertThat(begun(proxy.port(), code), is(200));
            fake.advance(Duration.ofMinutes(31)); // nobody has started it
            assertThat("the proxy has heard it", fake.awaitSockets(0, Duration.ofSeconds(20)), is(true));
            assertThat(calls.call(wire, STREAM, path(code), "").status(), is(204));
            assertThat(calls.call(wire, STREAM, "/rooms/K7Q2MX/events", "").status(), is(404));
            try (LudoServer another = LudoServer.start(ProxyTest.config(fake));
                    Wire there = new Wire(another.uri())) {
                assertThat(calls.call(there, STREAM, path(code), "").status(), is(204));
            }
        }
        try (FakeLudo fake = FakeLudo.builder().attestedOnly().start();
                LudoServer proxy = LudoServer.start(ProxyTest.config(fake));
                Wire wire = new Wire(proxy.uri())) {
            String path = path(fake.openRoom().code());
            CompletableFuture<Wire.Answer> answer =
                    CompletableFuture.supplyAsync(() -> calls.call(wire, STREAM, path, ""), Thread::startVirtualThread);
            assertThat(fake.awaitSockets(1, Duration.ofSeconds(20)), is(true));
            fake.advance(Duration.ofSeconds(10)); // in which it says nothing to what it does not know
            assertThat(answer.get().status(), is(501));
            assertThat(calls.call(wire, STREAM, path, "").status(), is(501));
        }
    }

    private static String path(RoomCode code) {
        return "/rooms/" + code + "/events";
    }

    /** Only the head is read, since the rest does not end. */
    private int begun(int port, RoomCode code) {
        try (RawCaller caller = new RawCaller(port)) {
            caller.write("GET " + path(code) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawCaller.Answer answer = caller.read();
            calls.check(STREAM, Seen.of(answer));
            return answer.status();
        }
    }
}
