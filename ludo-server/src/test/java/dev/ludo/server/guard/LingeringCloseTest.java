package dev.ludo.server.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.StubUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that still writes when it is answered for the last time sees the answer, and not a reset connection. */
class LingeringCloseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
                // refused below routing
                "POST /rooms HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 3000000\r\n\r\n",
                "GARBAGE\r\n\r\n"
            })
    void theAnswerIsSeenByWhoeverWritesToTheEndFirst(String head) throws IOException {
        try (StubUpstream api = new StubUpstream();
                LudoServer proxy = LudoServer.start(ProxyTest.config(api.uri()));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(ISO_8859_1));
            byte[] body = new byte[1_000_000];
            for (int i = 0; i < 3; i++) {
                out.write(body);
            }
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer, startsWith("HTTP/1.1 4"));
            assertThat(answer, containsString("Connection: close\r\n"));
            assertThat(answer, containsString("\"success\":false"));
        }
    }

    @Test
    void aPeerThatNeverStopsWritingIsCutOff() throws Exception {
        try (Pair pair = new Pair(System::nanoTime)) {
            Thread closing = Thread.startVirtualThread(pair.close::run);
            byte[] more = new byte[1024 * 1024];
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    pair.peer.getOutputStream().write(more);
                }
            });
            closing.join();
        }
    }

    @Test
    void aPeerThatKeepsItsEndOpenIsLeftWhenTheTimeIsOver() throws Exception {
        AtomicLong now = new AtomicLong();
        // Each look at the clock is two seconds later, so that the third finds the time over.
        try (Pair pair = new Pair(() -> now.getAndAdd(2_000_000_000L))) {
            pair.peer.getOutputStream().write(new byte[10]);
            pair.close.run();
            assertThat(pair.socket.isClosed(), is(true));
            assertThat(pair.peer.getInputStream().read(), is(-1));
        }
    }

    @Test
    void aServerThatEndsDoesNotWait() throws Exception {
        try (Pair pair = new Pair(() -> 0)) {
            Thread closing = Thread.startVirtualThread(pair.close::run);
            assertThat(pair.peer.getInputStream().read(), is(-1)); // it lingers by now
            pair.close.skip();
            closing.join();
            assertThat(pair.socket.isClosed(), is(true));
        }
    }

    /** Both ends of a connection. */
    private static final class Pair implements AutoCloseable {
        final Socket peer;
        final Socket socket;
        final LingeringClose close;

        Pair(java.util.function.LongSupplier nanoTime) throws IOException {
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                peer = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                peer.setSoTimeout(20_000);
                socket = listener.accept();
            }
            close = new LingeringClose(socket, nanoTime);
        }

        @Override
        public void close() throws IOException {
            peer.close();
            socket.close();
        }
    }
}
