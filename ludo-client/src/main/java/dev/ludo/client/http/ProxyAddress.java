package dev.ludo.client.http;

import dev.ludo.core.model.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An HTTP proxy on the way to the API.
 *
 * @param host its host
 * @param port its port
 * @param user who comes, if it wants to know
 */
public record ProxyAddress(String host, int port, Optional<User> user) {
    /**
     * Who comes.
     *
     * @param name a name
     * @param password its password
     */
    public record User(String name, Secret password) {}

    /**
     * The proxy at a URI.
     *
     * @param uri http with host and port
     * @return the proxy, without credentials
     * @throws IllegalArgumentException if the URI is anything else
     */
    public static ProxyAddress of(URI uri) {
        boolean bare = uri.getRawUserInfo() == null
                && (uri.getRawPath() == null || uri.getRawPath().length() <= 1)
                && uri.getRawQuery() == null;
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0 || !bare) {
            throw new IllegalArgumentException("httpProxy must be http://host:port and nothing more");
        }
        return new ProxyAddress(uri.getHost(), uri.getPort(), Optional.empty());
    }

    /**
     * The same with a user.
     *
     * @param user who
     * @param password their password
     * @return a proxy that is told both, by HTTP's basic authentication
     */
    public ProxyAddress withUser(String user, Secret password) {
        return new ProxyAddress(host, port, Optional.of(new User(user, password)));
    }

    /**
     * Where it is.
     *
     * @return {@code http://host:port}
     */
    public URI uri() {
        return URI.create("http://" + this);
    }

    /**
     * What the proxy is to be told.
     *
     * @return the value of {@code Proxy-Authorization}, if it wants one
     */
    public Optional<String> authorization() {
        return user.map(who -> {
            byte[] both = (who.name() + ':' + who.password().reveal()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        });
    }

    /** Host and port, never the credentials. */
    @Override
    public String toString() {
        return host + ':' + port;
    }
}
