package dev.ludo.client;

import dev.ludo.client.http.KeyUri;
import java.net.URI;

/** Where a key may be sent: https, or plain http to this machine itself. */
public final class BaseUri {
    private BaseUri() {}

    /**
     * Checks a base URI.
     *
     * @param uri the URI
     * @param allowHttp whether plain http may go to other machines too
     * @return the URI without a slash at its end
     * @throws IllegalArgumentException if a key must not be sent there; the message says why, without user-info
     */
    public static URI check(URI uri, boolean allowHttp) {
        String text = KeyUri.check("baseUri", uri, "http", allowHttp).toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }
}
