package dev.ludo.client.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.Http1HeadersParser;
import io.helidon.http.Status;
import io.helidon.webclient.http1.Http1StatusParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one server: looks its name up, tries its addresses in turn, passes an HTTP proxy, agrees on TLS. All of
 * it within one time. Thread-safe.
 */
public final class Dialer {
    private static final int MAX_HEAD = 16 * 1024;

    private final NameLookup names = new NameLookup();
    private final String host;
    private final int port;
    private final @Nullable SSLContext tls;
    private final Optional<ProxyAddress> proxy;
    private final Duration connectTimeout;

    /**
     * A dialer.
     *
     * @param server http or https with a host; the rest does not matter
     * @param tls by what an https server is trusted
     * @param proxy the HTTP proxy to go through, if any
     * @param connectTimeout how long opening a connection may take, all in all
     */
    public Dialer(URI server, SSLContext tls, Optional<ProxyAddress> proxy, Duration connectTimeout) {
        boolean secure = server.getScheme().equalsIgnoreCase("https");
        this.host = bare(server.getHost());
        this.port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
        this.tls = secure ? tls : null;
        this.proxy = proxy;
        this.connectTimeout = connectTimeout;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * Whether requests are to name the server in their first line, since a proxy reads them.
     *
     * @return whether there is a proxy and no TLS
     */
    public boolean speaksToProxy() {
        return proxy.isPresent() && tls == null;
    }

    /** Opens a connection by a time of {@link System#nanoTime} at most. */
    PooledConnection dial(Watchdog watchdog, long latest) throws IOException {
        long connectBy = System.nanoTime() + connectTimeout.toNanos();
        long by = connectBy - latest < 0 ? connectBy : latest;
        InetAddress[] addresses =
                names.lookUp(proxy.map(ProxyAddress::host).map(Dialer::bare).orElse(host), by - System.nanoTime());
        IOException last = new ConnectException("there is no address for " + host);
        for (int i = 0; i < addresses.length; i++) {
            // Each address gets its share of the time that is left, so that a silent one does not use up that of the
            // next.
            long now = System.nanoTime();
            long share = now + (by - now) / (addresses.length - i);
            InetSocketAddress address = new InetSocketAddress(
                    addresses[i], proxy.map(ProxyAddress::port).orElse(port));
            try {
                return dial(watchdog, address, share, by);
            } catch (IOException e) {
                if (i > 0) {
                    e.addSuppressed(last);
                }
                last = e;
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw last;
    }

    private PooledConnection dial(Watchdog watchdog, InetSocketAddress address, long connectBy, long by)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        Watchdog.Guard guard = watchdog.watch(channel);
        boolean opened = false;
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            guard.arm(connectBy);
            channel.connect(address);
            guard.arm(by);
            Socket socket = channel.socket();
            if (proxy.isPresent() && tls != null) {
                tunnel(socket, proxy.get());
            }
            Socket spoken = tls == null ? socket : handshake(tls, socket);
            PooledConnection connection = new PooledConnection(channel, spoken, guard);
            guard.disarm();
            opened = true;
            return connection;
        } catch (IOException e) {
            if (guard.isOverdue()) {
                SocketTimeoutException late = new SocketTimeoutException("no connection to " + this + " in time");
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            if (!opened) {
                guard.close();
            }
        }
    }

    private SSLSocket handshake(SSLContext trust, Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) trust.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    // RFC 9110, section 9.3.6: after a 2xx the connection is the server's.
    private void tunnel(Socket socket, ProxyAddress through) throws IOException {
        String target = (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
        StringBuilder request = new StringBuilder("CONNECT ")
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(target)
                .append("\r\n");
        through.authorization()
                .ifPresent(value ->
                        request.append("Proxy-Authorization: ").append(value).append("\r\n"));
        OutputStream out = socket.getOutputStream();
        out.write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.flush();
        DataReader reader = byteByByte(socket.getInputStream());
        Status status;
        try {
            status = Http1StatusParser.readStatus(reader, MAX_HEAD);
            Http1HeadersParser.readHeaders(reader, MAX_HEAD, false);
        } catch (UncheckedIOException e) {
            throw new IOException("the connection to the HTTP proxy " + through + " failed", e);
        } catch (DataReader.InsufficientDataAvailableException | IllegalStateException e) {
            throw new ConnectException("the HTTP proxy " + through + " did not answer properly");
        }
        if (status.code() / 100 != 2) {
            throw new ConnectException("the HTTP proxy " + through + " refused with " + status.code());
        }
    }

    // What follows the proxy's answer belongs to TLS and must stay where it is.
    private static DataReader byteByByte(InputStream in) {
        return new DataReader(() -> {
            try {
                int read = in.read();
                return read < 0 ? null : new byte[] {(byte) read};
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Where it leads. */
    @Override
    public String toString() {
        return host + ':' + port + proxy.map(p -> " through " + p).orElse("");
    }
}
