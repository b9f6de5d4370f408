package dev.ludo.server.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list of networks of addresses.
 *
 * @param all the networks
 */
public record Networks(List<Network> all) {
    /** No network. */
    public static final Networks NONE = new Networks(List.of());

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    /** Copies the list. */
    public Networks {
        all = List.copyOf(all);
    }

    /**
     * The addresses that begin with the same bits.
     *
     * @param address one of them
     * @param bits how many bits are the same, 0 to 32 or 128
     */
    public record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            byte[] mine = address.getAddress();
            byte[] theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = 0xff00 >> (bits % 8) & 0xff;
            return Arrays.equals(mine, 0, whole, theirs, 0, whole)
                    && (rest == 0 || (mine[whole] & rest) == (theirs[whole] & rest));
        }
    }

    /**
     * Reads a list.
     *
     * @param text networks such as {@code 10.0.0.0/8} or addresses, with commas between
     * @return the networks
     * @throws IllegalArgumentException if one is none
     */
    public static Networks parse(String text) {
        return new Networks(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(Networks::network)
                .toList());
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = address(host)
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no network such as 10.0.0.0/8"));
        int all = address.getAddress().length * 8;
        try {
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new Network(address, bits);
            }
        } catch (NumberFormatException e) {
            // not a number at all: said below like a number out of range
        }
        throw new IllegalArgumentException("\"" + text + "\" is no network such as 10.0.0.0/8");
    }

    /**
     * Reads an address; names are not looked up.
     *
     * @param text an address of IPv4 or IPv6
     * @return the address, or empty if it is none
     */
    static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether an address is in one of the networks.
     *
     * @param address the address
     * @return whether it is
     */
    public boolean contain(InetAddress address) {
        return all.stream().anyMatch(network -> network.contains(address));
    }
}
