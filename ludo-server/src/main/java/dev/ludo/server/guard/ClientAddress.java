package dev.ludo.server.guard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a call really comes from. What {@code X-Forwarded-For} says is believed as far as proxies that are trusted have said
 * it: the list is read from its end, and the first address that is not one of theirs is the client's.
 */
final class ClientAddress {
    private final Networks trusted;

    ClientAddress(Networks trusted) {
        this.trusted = trusted;
    }

    /** The address of whoever calls, or the peer's own words where it has none. */
    String of(SocketAddress peer, Headers headers) {
        InetAddress address = address(peer);
        return address == null ? peer.toString() : client(address, headers).getHostAddress();
    }

    /** The same, but for all of a network that one subscriber usually has: of an IPv6 address the first 64 bits. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        Optional<InetAddress> parsed = Networks.address(address.replaceAll("%.*", ""));
        if (parsed.isEmpty() || !(parsed.get() instanceof Inet6Address v6)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(v6.getAddress(), 8), 16))
                            .getHostAddress()
                    + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    private static @org.jspecify.annotations.Nullable InetAddress address(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    private InetAddress client(InetAddress peer, Headers headers) {
        if (trusted.all().isEmpty() || !trusted.contain(peer)) {
            return peer;
        }
        List<String> said = headers.all(HeaderNames.X_FORWARDED_FOR, List::of).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
        InetAddress client = peer;
        for (String one : said.reversed()) {
            Optional<InetAddress> address = Networks.address(bare(one));
            if (address.isEmpty()) {
                return client; // nobody says honestly what is no address
            }
            client = address.get();
            if (!trusted.contain(client)) {
                return client;
            }
        }
        return client;
    }

    // Some proxies write the port too.
    private static String bare(String address) {
        if (address.startsWith("[")) {
            int end = address.indexOf(']');
            return end > 0 ? address.substring(1, end) : address;
        }
        int colon = address.indexOf(':');
        return colon > 0 && address.indexOf(':', colon + 1) < 0 ? address.substring(0, colon) : address;
    }
}
