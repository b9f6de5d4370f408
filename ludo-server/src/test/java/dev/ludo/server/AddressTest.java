package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proxy says of where it is reached can be opened. */
class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, localhost",
        "'::', localhost",
        "127.0.0.1, localhost",
        "localhost, localhost",
        "127.0.0.2, 127.0.0.2",
        "::1, [::1]"
    })
    void itIsTheAddressThatIsListenedOnWhereOneCanGoThere(String host, String named) {
        assumeAnAddressHere(host);
        ServerConfig config =
                ProxyTest.config(URI.create("http://127.0.0.1:9/v1")).withAddress(host, 0);
        try (LudoServer proxy = LudoServer.start(config);
                Wire wire = new Wire(proxy.uri())) {
            assertThat(proxy.uri(), is(URI.create("http://" + named + ':' + proxy.port())));
            assertThat(wire.get("/health").status(), is(200));
        }
    }

    // Not every machine has IPv6, or all of 127.0.0.0/8.
    private static void assumeAnAddressHere(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            Assumptions.assumeTrue(socket.isBound());
        } catch (IOException e) {
            Assumptions.abort(host + " is no address of this machine");
        }
    }
}
