package dev.ludo.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The tap sees a key, in one piece or in two. */
class TapTest {
    @Test
    void aKeyOnTheWireIsTold() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Tap tap = Tap.before(server.getLocalPort());
                Socket caller = new Socket("localhost", tap.uri().getPort());
                Socket served = server.accept()) {
            OutputStream out = served.getOutputStream();
            out.write("an answer with lk_".getBytes(US_ASCII));
            assertThat(caller.getInputStream().readNBytes(18).length, is(18));
            Secrets.assertNoneTold();
            out.write("test_demo in it".getBytes(US_ASCII));
            assertThat(caller.getInputStream().readNBytes(15).length, is(15));
            AssertionError told = assertThrows(AssertionError.class, Secrets::assertNoneTold);
            assertThat(told.getMessage(), containsString("lk_test_demo on the wire"));
        }
    }
}
