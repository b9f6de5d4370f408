package dev.ludo.client.frame;

import dev.ludo.client.http.Failures;
import dev.ludo.client.http.KeyUri;
import dev.ludo.client.http.ProxyAddress;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TimeoutExceededException;
import dev.ludo.core.error.TransportException;
import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.api.WebClientConfig;
import io.helidon.webclient.http1.Http1Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;

/**
 * Opens WebSocket connections: the client's side of the handshake of RFC 6455, section 4.1.
 *
 * <p>Each connection is one of its own and follows no redirect. Whatever goes wrong, nothing of it is left. Thread-safe.
 */
public final class SocketConnector {
    private final Proxy proxy;
    private final WebClient web;
    private final Handshake handshake;
    private final Duration within;

    /**
     * A connector.
     *
     * @param connectTimeout how long a connection may take
     * @param readTimeout how long the answer to the handshake may take after that, all of it
     * @param clock what time it is, for hints that are given as a time by a server that does not say what time it has
     */
    public SocketConnector(Duration connectTimeout, Duration readTimeout, Clock clock) {
        this(connectTimeout, readTimeout, clock, Optional.empty(), Optional.empty());
    }

    /**
     * A connector with its own trust, or with a proxy on the way.
     *
     * @param connectTimeout how long a connection may take
     * @param readTimeout how long the answer to the handshake may take after that, all of it
     * @param clock what time it is, for hints that are given as a time by a server that does not say what time it has
     * @param sslContext by what a wss server is trusted; the JDK's default if empty
     * @param httpProxy an HTTP proxy that leads a tunnel to the server, if any
     */
    public SocketConnector(
            Duration connectTimeout,
            Duration readTimeout,
            Clock clock,
            Optional<SSLContext> sslContext,
            Optional<ProxyAddress> httpProxy) {
        this.proxy = httpProxy.map(SocketConnector::tunnel).orElseGet(Proxy::noProxy);
        this.within = connectTimeout.plus(readTimeout);
        WebClientConfig.Builder builder = WebClient.builder();
        sslContext.ifPresent(
                context -> builder.tls(Tls.builder().sslContext(context).build()));
        this.web = builder.connectTimeout(connectTimeout)
                .readTimeout(readTimeout)
                .followRedirects(false)
                .sendExpectContinue(false)
                .shareConnectionCache(false)
                .dnsResolver((host, kind) -> lookUp(host))
                .proxy(Proxy.noProxy())
                .socketOptions(options -> options.tcpNoDelay(true))
                .build();
        this.handshake = new Handshake(web.client(Http1Client.PROTOCOL), clock);
    }

    // The address keeps the name that was asked for, by which a certificate is checked: an address without one would be
    // looked up backwards, and whoever answers that would say who is trusted.
    private static InetAddress lookUp(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return InetAddress.getByAddress(bare, InetAddress.getByName(bare).getAddress());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    // RFC 6455, section 4.1: a proxy is asked for a tunnel, also to a plain server.
    private static Proxy tunnel(ProxyAddress address) {
        Proxy.Builder builder = Proxy.builder()
                .type(Proxy.ProxyType.HTTP)
                .host(address.host())
                .port(address.port())
                .forceHttpConnect(true);
        address.user()
                .ifPresent(user -> builder.username(user.name())
                        .password(user.password().reveal().toCharArray()));
        return builder.build();
    }

    /**
     * Checks where a connection is to go.
     *
     * @param uri the URI
     * @param allowPlain whether plain ws may go to other machines than this one
     * @return the URI
     * @throws IllegalArgumentException if a key must not be sent there; the message says why, without user-info
     */
    public static URI check(URI uri, boolean allowPlain) {
        return KeyUri.check("wsUri", uri, "ws", allowPlain);
    }

    /**
     * Connects. Waits until the API has answered; an interrupt ends that at once.
     *
     * @param uri where to, as {@link #check} takes it
     * @param headers what else the request is to say, such as {@code Authorization}
     * @return the upgraded connection, without a read timeout
     * @throws RejectedException if the API answered something else than an upgrade
     * @throws TimeoutExceededException if it did not answer in time
     * @throws TransportException if there was no connection, or the answer is no proper upgrade
     */
    public Line connect(URI uri, Map<String, String> headers) {
        return connect(uri, headers, within);
    }

    /**
     * As {@link #connect(URI, Map)}, within a time that may be shorter than the connector's own.
     *
     * @param uri where to, as {@link #check} takes it
     * @param headers what else the request is to say, such as {@code Authorization}
     * @param atMost how long it may take in all, positive
     * @return the upgraded connection, without a read timeout
     * @throws RejectedException if the API answered something else than an upgrade
     * @throws TimeoutExceededException if it did not answer in time
     * @throws TransportException if there was no connection, or the answer is no proper upgrade
     */
    public Line connect(URI uri, Map<String, String> headers, Duration atMost) {
        CompletableFuture<Line> result = new CompletableFuture<>();
        // A virtual thread's sockets end with an interrupt, also where Helidon sets no timeout: in the TLS handshake.
        Thread thread = Thread.ofVirtual().name("ludo-socket-connector").start(() -> {
            try {
                Line line = open(uri, headers);
                if (!result.complete(line)) {
                    line.cut().run();
                }
            } catch (Throwable e) { // also an Error is told to who waits
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(Math.min(within.toNanos(), atMost.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return giveUp(
                    result,
                    thread,
                    new TimeoutExceededException("GET", Handshake.path(uri), "was not answered in time", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp(result, thread, new TransportException("GET", Handshake.path(uri), "was interrupted", e));
        } catch (ExecutionException e) {
            throw failure(uri, e);
        }
    }

    private static Line giveUp(CompletableFuture<Line> result, Thread thread, CallException why) {
        if (!result.completeExceptionally(why) && !result.isCompletedExceptionally()) {
            return result.join(); // it came just now
        }
        thread.interrupt();
        throw why;
    }

    private static RuntimeException failure(URI uri, ExecutionException e) {
        return e.getCause() instanceof Exception cause
                ? Failures.of("GET", Handshake.path(uri), uri.getAuthority(), cause)
                : new TransportException("GET", Handshake.path(uri), "failed", e);
    }

    private Line open(URI uri, Map<String, String> headers) {
        TcpClientConnection connection = TcpClientConnection.create(web, key(uri), List.of(), c -> false, c -> {});
        connection.connect();
        Line line = new Line(connection.reader(), connection.writer(), once(connection::closeResource));
        boolean upgraded = false;
        try {
            handshake.upgrade(connection, uri, headers);
            connection.readTimeout(Duration.ZERO);
            upgraded = true;
            return line;
        } catch (IOException e) {
            throw Failures.of("GET", Handshake.path(uri), uri.getAuthority(), e);
        } finally {
            if (!upgraded) {
                line.cut().run();
            }
        }
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    private ConnectionKey key(URI uri) {
        boolean secure = uri.getScheme().toLowerCase(Locale.ROOT).equals("wss");
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        Tls tls = secure ? web.prototype().tls() : Tls.builder().enabled(false).build();
        return ConnectionKey.create(
                secure ? "https" : "http",
                uri.getHost(),
                port,
                tls,
                web.prototype().dnsResolver(),
                web.prototype().dnsAddressLookup(),
                proxy);
    }
}
