package dev.ludo.server.guard;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource(
            value = {
                // nobody is trusted, so nobody's word is taken
                "''|10.0.0.1|1.2.3.4|10.0.0.1",
                "10.0.0.0/8|9.9.9.9|1.2.3.4|9.9.9.9",
                "10.0.0.0/8|10.0.0.1|1.2.3.4|1.2.3.4",
                // what the client itself wrote stands before what the first trusted proxy saw
                "10.0.0.0/8|10.0.0.1|6.6.6.6, 1.2.3.4|1.2.3.4",
                "10.0.0.0/8|10.0.0.1|6.6.6.6, 1.2.3.4, 10.0.0.2|1.2.3.4",
                "10.0.0.0/8|10.0.0.1|10.9.9.9, 10.0.0.2|10.9.9.9",
                "10.0.0.0/8|10.0.0.1|1.2.3.4:5678|1.2.3.4",
                "10.0.0.0/8|10.0.0.1|[2001:db8::1]:5678|2001:db8:0:0:0:0:0:1",
                "10.0.0.0/8|10.0.0.1|1.2.3.4, unknown|10.0.0.1",
                "10.0.0.0/8|10.0.0.1|localhost|10.0.0.1",
                "10.0.0.0/8|10.0.0.1|''|10.0.0.1",
                "'10.0.0.1, 2001:db8::/32'|2001:db8::7|1.2.3.4|1.2.3.4",
                "172.16.0.0/12|172.31.255.255|1.2.3.4|1.2.3.4",
                "172.16.0.0/12|172.32.0.0|1.2.3.4|172.32.0.0"
            },
            delimiter = '|')
    void theFirstAddressFromTheEndThatIsNotAProxysIsTheClients(
            String trusted, String peer, String forwarded, String client) {
        WritableHeaders<?> headers = WritableHeaders.create();
        if (!forwarded.isEmpty()) {
            headers.set(HeaderNames.X_FORWARDED_FOR, forwarded);
        }
        assertThat(new ClientAddress(Networks.parse(trusted)).of(new InetSocketAddress(peer, 1), headers), is(client));
    }

    @Test
    void anIpv6ClientIsAllOfItsNetwork() {
        assertThat(ClientAddress.network("2001:db8:1:2:3:4:5:6"), is("2001:db8:1:2:0:0:0:0/64"));
        assertThat(ClientAddress.network("fe80:0:0:0:1:2:3:4%eth0"), is("fe80:0:0:0:0:0:0:0/64"));
        assertThat(ClientAddress.network("1.2.3.4"), is("1.2.3.4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0", "example.com", "::/129", "1.2.3.4.5"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Networks.parse(text));
    }
}
