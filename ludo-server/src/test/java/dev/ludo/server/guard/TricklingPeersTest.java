package dev.ludo.server.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.server.ProxyTest;
import dev.ludo.server.RawCaller;
import dev.ludo.server.RawCaller.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that send their request a byte at a time, and so many of them that others might suffer. */
class TricklingPeersTest extends ProxyTest {
    private static final int PEERS = 500;
    private static final String HEAD = "GET /players/p1 HTTP/1.1\r\nHost: a\r\nX-Slow: ";
    private static final String BODY =
            "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";
    private static final String CHUNKS =
            "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nea60\r\n{";

    // Short so that the test is; who counted from the last byte would never be through.
    private static final WireLimits BRIEF =
            new WireLimits(16 * 1024, Duration.ofMillis(1500), Duration.ofMillis(1500), Duration.ofSeconds(60));

    /** A peer that writes until it is answered. */
    private static final class Peer implements AutoCloseable {
        private final RawCaller caller;
        private volatile boolean answered;

        Peer(int port, String begin) {
            caller = new RawCaller(port);
            caller.write(begin);
        }

        boolean isWaiting() {
            return !answered;
        }

        void trickle() {
            try {
                caller.write("x");
            } catch (UncheckedIOException e) {
                answered = true; // it is closed, and whoever waits for the answer finds out whether there was one
            }
        }

        Answer read() {
            Answer answer = caller.read();
            answered = true;
            return answer;
        }

        @Override
        public void close() {
            answered = true;
            caller.close();
        }
    }

    private final List<Peer> peers = new ArrayList<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger others = new AtomicInteger();

    @BeforeEach
    void connect() {
        restart(usual -> usual.withGuard(GuardConfig.DEFAULT.withWire(BRIEF)));
        List<String> begins = List.of(HEAD, BODY, CHUNKS);
        for (int i = 0; i < PEERS; i++) {
            peers.add(new Peer(proxy.port(), begins.get(i % begins.size())));
        }
    }

    @AfterEach
    void hangUp() {
        peers.forEach(Peer::close);
    }

    @Test
    void areToldThatTheirTimeIsOverWhileOthersAreServed() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (Peer peer : peers) {
            threads.add(Thread.startVirtualThread(() -> awaitTheEnd(peer)));
        }
        threads.add(Thread.startVirtualThread(this::trickle));
        threads.add(Thread.startVirtualThread(this::callAsOthersDo));
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(List.copyOf(wrong), is(List.of()));
        assertThat("others were served", others.get() > 0, is(true));
        assertThat("nothing that trickled in went on", api.asked().size(), is(others.get()));
    }

    private boolean arePeersWaiting() {
        return peers.stream().anyMatch(Peer::isWaiting);
    }

    private void trickle() {
        while (arePeersWaiting()) {
            peers.stream().filter(Peer::isWaiting).forEach(Peer::trickle);
        }
    }

    private void awaitTheEnd(Peer peer) {
        try {
            Answer answer = peer.read();
            if (answer.status() != 408
                    || !answer.body().contains("\"code\":\"REQUEST_TIMEOUT\"")
                    || !answer.header("Connection").equals(Optional.of("close"))
                    || !peer.caller.ends()) {
                wrong.add(answer.toString());
            }
        } catch (UncheckedIOException e) {
            wrong.add(e.toString());
            peer.close();
        }
    }

    // Each answer is waited for no longer than callers wait.
    private void callAsOthersDo() {
        try (RawCaller caller = new RawCaller(proxy.port())) {
            while (arePeersWaiting()) {
                caller.write("GET /players/p1 HTTP/1.1\r\nHost: a\r\n\r\n");
                if (caller.read().status() != 200) {
                    wrong.add("another caller was not served");
                }
                others.incrementAndGet();
            }
        } catch (UncheckedIOException e) {
            wrong.add("another caller: " + e);
        }
    }
}
