package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Secret;
import dev.ludo.core.rules.BotPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FakeLudoTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void everyDefaultIsAsDocumented() {
        Instant before = Instant.now().minusMillis(1);
        try (FakeLudo ludo = FakeLudo.start();
                Api api = new Api(ludo)) {
            assertThat(ludo.baseUri(), is(URI.create("http://127.0.0.1:" + ludo.port() + "/v1")));
            assertThat(ludo.apiKey(), is(Secret.of("lk_test_demo")));
            assertThat(ludo.clock().instant().isBefore(before), is(false));
            assertThat(ludo.clock().instant().isAfter(Instant.now()), is(false));
            assertThat(api.get("rooms").header("X-RateLimit-Limit"), is(Optional.of("10000")));
            Room room = ludo.openRoom(new NewRoom(2, GameMode.CLASSIC));
            api.seat(room, "Ann");
            api.seat(room, "Bob");
            var state = api.state(room);
            // The clock runs, and is read once for each of the two.
            Duration turnTime = Duration.between(
                    state.updatedAt().orElseThrow(),
                    state.turn().orElseThrow().deadline().orElseThrow());
            assertThat(Math.round(turnTime.toMillis() / 1000.0), is(30L));
            assertThat(ludo.game(state.gameId()), is(Optional.of(state)));
            assertThat(ludo.room(room.code()), is(Optional.of(api.room(room))));
            assertThat(ludo.toString(), is("FakeLudo at 127.0.0.1:" + ludo.port()));
        }
    }

    @Test
    void anotherKeyHostAndPortCanBeChosen() {
        int port;
        try (FakeLudo first = FakeLudo.builder().host("0.0.0.0").start()) {
            port = first.port();
            assertThat(first.baseUri(), is(URI.create("http://127.0.0.1:" + port + "/v1")));
        }
        try (FakeLudo ludo = FakeLudo.builder()
                        .host("localhost")
                        .port(port)
                        .apiKey(Secret.of("lk_other_key"))
                        .start();
                Api api = new Api(ludo)) {
            assertThat("the port is free again after close", ludo.port(), is(port));
            assertThat(ludo.baseUri(), is(URI.create("http://localhost:" + port + "/v1")));
            assertThat(api.get("rooms").outcome(), is("200"));
            assertThat(
                    api.callWithoutKey("GET", "rooms", "", "Authorization", "Bearer lk_test_demo")
                            .status(),
                    is(401));
        }
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        FakeLudoBuilder builder = FakeLudo.builder();
        assertThat(refusal(() -> builder.port(-1)), is("port must be 0 to 65535, was -1"));
        assertThat(refusal(() -> builder.port(65_536)), is("port must be 0 to 65535, was 65536"));
        assertThat(refusal(() -> builder.rateLimit(-1)), is("rateLimit must not be negative, was -1"));
        assertThat(
                refusal(() -> builder.turnTime(Duration.ofSeconds(-1))),
                is("turnTime must be from zero to 365 days, was PT-1S"));
        assertThat(
                refusal(() -> builder.turnTime(Duration.ofDays(366))),
                is("turnTime must be from zero to 365 days, was PT8784H"));
    }

    private static String refusal(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void aBusyPortIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FakeLudoBuilder builder = FakeLudo.builder().port(other.getLocalPort());
            UncheckedIOException e = assertThrows(UncheckedIOException.class, builder::start);
            assertThat(e.getMessage(), containsString("cannot listen on 127.0.0.1:" + other.getLocalPort()));
        }
    }

    @Test
    void fakesKnowNothingOfEachOther() {
        List<FakeLudo> fakes = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                FakeLudo ludo = FakeLudo.start();
                fakes.add(ludo);
                ludo.openRoom(NewRoom.DEFAULT);
            }
            assertThat(fakes.stream().map(FakeLudo::port).distinct().count(), is(10L));
            assertThat(fakes.stream().map(ludo -> ludo.rooms().size()).collect(Collectors.toSet()), is(Set.of(1)));
        } finally {
            fakes.forEach(FakeLudo::close);
        }
    }

    @Test
    void aClockBelongsToOneFakeAtATime() {
        VirtualClock clock = VirtualClock.manual(Instant.EPOCH);
        FakeLudoBuilder builder = FakeLudo.builder().clock(clock);
        try (FakeLudo first = builder.start()) {
            assertThrows(IllegalStateException.class, builder::start);
            first.advance(Duration.ofSeconds(1));
        }
        try (FakeLudo second = builder.start()) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(second.clock().instant(), is(Instant.EPOCH.plusSeconds(2)));
        }
    }

    @Test
    void awaitingARoomThatDoesNotComeAboutSaysWhatItIsLike() {
        try (FakeLudo ludo = FakeLudo.start()) {
            Room room = ludo.openRoom(NewRoom.DEFAULT);
            IllegalStateException e = assertThrows(
                    IllegalStateException.class,
                    () -> ludo.awaitRoom(room.code(), r -> r.status() == RoomStatus.PLAYING, Duration.ofMillis(10)));
            assertThat(e.getMessage(), containsString(room.toString()));
            IllegalStateException none = assertThrows(
                    IllegalStateException.class, () -> ludo.awaitRoom(RoomCode.of("ZZZZ"), r -> true, SOON));
            assertThat(none.getMessage(), containsString("there is no room ZZZZ"));
            assertThrows(IllegalArgumentException.class, () -> ludo.messages(RoomCode.of("ZZZZ")));
        }
    }

    @Test
    void closingIsPromptWhateverGoesOn() throws IOException {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            FakeLudo ludo = FakeLudo.start();
            Room room = ludo.openRoom(NewRoom.DEFAULT);
            ludo.seatBots(room.code(), 4, BotPolicy.RANDOM, Duration.ofMillis(1));
            try (Api api = new Api(ludo);
                    Socket silent = new Socket(InetAddress.getLoopbackAddress(), ludo.port());
                    Socket half = new Socket(InetAddress.getLoopbackAddress(), ludo.port())) {
                half.getOutputStream().write("POST /v1/rooms HTTP/1.1\r\nContent-Le".getBytes(UTF_8));
                assertThat("a connection that is kept alive", api.get("rooms").outcome(), is("200"));
                long begin = System.nanoTime();
                ludo.close();
                took.add(Duration.ofNanos(System.nanoTime() - begin));
                ludo.close();
                assertThat(silent.getInputStream().read(), is(-1));
                assertThat(
                        assertThrows(UncheckedIOException.class, () -> api.get("rooms"))
                                .getCause(),
                        is(instanceOf(ConnectException.class)));
            }
        }
        took.sort(null);
        assertThat("the median of " + took, took.get(2), lessThan(Duration.ofMillis(200)));
    }

    @Test
    void whoHasBeenInterruptedCanCloseItToo() {
        FakeLudo ludo = FakeLudo.start();
        Thread.currentThread().interrupt();
        ludo.close();
        assertThat(Thread.interrupted(), is(true));
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), ludo.port()).close());
    }

    @Test
    void aFakeHasOneThreadOfThePlatformAndNoneOnceItIsClosed() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<Thread> own;
        try (FakeLudo ludo = FakeLudo.start()) {
            ludo.openRoom(NewRoom.DEFAULT);
            own = new ArrayList<>(Thread.getAllStackTraces().keySet());
            own.removeAll(before);
            own.removeIf(thread -> isOfTheJdk(thread));
            List<Thread> listeners = own.stream()
                    .filter(thread -> thread.getName().equals("server-@default-listener"))
                    .toList();
            assertThat(listeners.size(), is(1));
            own.removeAll(listeners);
            assertThat("others only end", stillThere(own), is(List.of()));
            own.addAll(listeners);
        }
        assertThat(stillThere(own), is(List.of()));
    }

    private static boolean isOfTheJdk(Thread thread) {
        return thread.getName().startsWith("ForkJoinPool") || thread.getName().startsWith("VirtualThread");
    }

    private static List<String> stillThere(List<Thread> threads) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofSeconds(5))) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    @Test
    void nothingHoldsOnToAClosedFake() throws InterruptedException {
        ReferenceQueue<FakeLudo> gone = new ReferenceQueue<>();
        WeakReference<FakeLudo> fake = usedAndClosed(gone);
        for (int i = 0; i < 100 && !fake.refersTo(null); i++) {
            System.gc();
            gone.remove(50);
        }
        assertThat(fake.refersTo(null), is(true));
    }

    private static WeakReference<FakeLudo> usedAndClosed(ReferenceQueue<FakeLudo> gone) {
        try (FakeLudo ludo = FakeLudo.start();
                Api api = new Api(ludo)) {
            Room room = api.open(2, "classic");
            ludo.seatBots(room.code(), 2, BotPolicy.RANDOM, Duration.ofMillis(1));
            assertThat(api.room(room), notNullValue());
            assertThat(ludo.port(), greaterThan(0));
            assertThat(ludo.rooms(), not(List.of()));
            return new WeakReference<>(ludo, gone);
        }
    }
}
