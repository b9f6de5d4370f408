package dev.ludo.server.guard;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose pages may use the proxy.
 *
 * @param allowed origins such as {@code https://play.example.com}, in lower case
 */
public record Origins(List<String> allowed) {
    /** No page but the proxy's own. */
    public static final Origins NONE = new Origins(List.of());

    /** Copies the list. */
    public Origins {
        allowed = List.copyOf(allowed);
    }

    /**
     * Reads a list.
     *
     * @param text origins with commas between
     * @return the origins
     * @throws IllegalArgumentException if one is {@code *} or none at all
     */
    public static Origins parse(String text) {
        return new Origins(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .map(Origins::checked)
                .toList());
    }

    private static String checked(String origin) {
        URI uri = URI.create(origin);
        boolean good = uri.getScheme() != null
                && (uri.getScheme().equals("http") || uri.getScheme().equals("https"))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (!good) {
            throw new IllegalArgumentException("\"" + origin + "\" is no origin such as https://play.example.com");
        }
        return origin.toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a page may open a socket. No origin is no page, and a page of the proxy's own host is no stranger.
     *
     * @param origin the request's {@code Origin}
     * @param host the request's {@code Host}
     * @return whether it may
     */
    public boolean allows(Optional<String> origin, Optional<String> host) {
        if (origin.isEmpty()) {
            return true;
        }
        String lower = origin.get().toLowerCase(Locale.ROOT);
        int authority = lower.indexOf("://");
        boolean own = authority > 0
                && host.isPresent()
                && lower.substring(authority + 3).equals(host.get().toLowerCase(Locale.ROOT));
        return own || allowed.contains(lower);
    }
}
