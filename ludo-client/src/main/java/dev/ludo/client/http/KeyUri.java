package dev.ludo.client.http;

import java.net.URI;
import java.util.Locale;

/** Where a key may be sent: over an encrypted connection, or to this machine itself. */
public final class KeyUri {
    private KeyUri() {}

    /**
     * Checks a URI.
     *
     * @param name what to call it in a message
     * @param uri the URI
     * @param plain the scheme without encryption; the one with it has an {@code s} more
     * @param allowPlain whether the plain scheme may go to other machines too
     * @return the URI
     * @throws IllegalArgumentException if a key must not be sent there; the message says why, without user-info
     */
    public static URI check(String name, URI uri, String plain, boolean allowPlain) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String secure = plain + 's';
        if (!(scheme.equals(plain) || scheme.equals(secure)) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    name + " must be " + plain + " or " + secure + " with a host, was " + bare(uri));
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(name + " must have no user-info, query or fragment, was " + bare(uri));
        }
        if (scheme.equals(plain) && !allowPlain && !isLoopback(uri.getHost())) {
            throw new IllegalArgumentException(name + " must be " + secure + ", since the key travels there, was "
                    + bare(uri) + "; to let it travel unencrypted say allowHttp(true), or LUDO_ALLOW_HTTP=true");
        }
        return uri;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    // User-info is a secret, and a query may hold one. What has no scheme may begin with a name and a password, too.
    private static String bare(URI uri) {
        String text = uri.toString().replaceFirst("[?#].*", "");
        int secret = text.lastIndexOf('@');
        if (secret < 0) {
            return text;
        }
        int start = text.indexOf("://");
        return text.substring(0, start < 0 || start > secret ? 0 : start + 3) + "***" + text.substring(secret);
    }
}
