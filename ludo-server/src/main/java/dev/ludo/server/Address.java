package dev.ludo.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Tells where something is reached that listens. */
final class Address {
    private Address() {}

    /**
     * Where a program on this machine reaches it.
     *
     * @param host the address that is listened on: a name, an IPv4 or IPv6 address, or the one that stands for all
     * @param port the port
     * @return {@code localhost} for all addresses and for this machine's usual one, else the host itself
     */
    static URI of(String host, int port) {
        return URI.create("http://" + authority(host) + ':' + port);
    }

    private static String authority(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (isEverywhere(bare) || bare.equals("127.0.0.1")) {
            return "localhost";
        }
        return bare.contains(":") ? '[' + bare + ']' : bare;
    }

    private static boolean isEverywhere(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false; // nobody listens there, so that there is nothing to be told
        }
    }
}
