package dev.ludo.client.http;

import dev.ludo.client.resilience.Deadline;
import dev.ludo.core.model.Secret;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Http1HeadersParser;
import io.helidon.http.WritableHeaders;
import io.helidon.webclient.http1.Http1StatusParser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One attempt at one call over HTTP/1.1: takes a connection, sends the request, reads the whole answer, lets go of the connection.
 *
 * <p>It writes the request in one piece and reads the answer with Helidon's parsers of heads, on the caller's thread: what a
 * whole web client does beside that would cost as much again. Thread-safe.
 */
public final class HttpCaller implements AutoCloseable {
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_INTERIM = 8;

    private final ConnectionPool pool;
    private final RequestBytes requests;

    /**
     * An answer.
     *
     * @param status its status, 200 or above
     * @param headers its headers
     * @param body its body, unpacked
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Answer(int status, Headers headers, byte[] body) {}

    /**
     * A caller of one server.
     *
     * @param base where the API is
     * @param pool its connections, which are closed with the caller
     * @param proxy the proxy that is on the way and reads requests, if any
     * @param apiKey gives the key of the moment
     * @param userAgent what the client calls itself
     * @param gzip whether answers may be packed
     */
    public HttpCaller(
            URI base,
            ConnectionPool pool,
            Optional<ProxyAddress> proxy,
            Supplier<Secret> apiKey,
            String userAgent,
            boolean gzip) {
        this.pool = pool;
        this.requests = new RequestBytes(base, proxy, apiKey, userAgent, gzip);
    }

    /**
     * Makes the attempt.
     *
     * @param method the HTTP method
     * @param target path below the base URI, and query, percent-encoded
     * @param headers further headers
     * @param body the body, empty for none
     * @param repeatable whether the request may be sent twice: then a connection that proves to have been closed while idle is
     *     replaced by a new one
     * @param deadline when the call must have ended
     * @return the answer, whatever its status
     * @throws IOException if there is none; {@link InterruptedIOException} if the thread was interrupted, whose flag is set
     */
    public Answer call(
            String method,
            String target,
            Map<String, String> headers,
            byte[] body,
            boolean repeatable,
            Deadline deadline)
            throws IOException {
        byte[] request =
                requests.of(method, target, headers, body); // may fail for want of a key, and is nobody's failure
        PooledConnection connection = pool.borrow(deadline);
        try {
            return exchange(connection, method, request);
        } catch (IOException e) {
            boolean stale = connection.isReused() && !connection.isAnswered() && !connection.isOverdue();
            if (!stale || !repeatable || Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        return exchange(pool.open(deadline), method, request);
    }

    private Answer exchange(PooledConnection connection, String method, byte[] request) throws IOException {
        boolean reusable = false;
        try {
            connection.write(request);
            Head head = finalHead(connection.reader());
            AnswerReader.Body read = AnswerReader.read(connection.reader(), method, head.status(), head.headers());
            reusable = read.reusable();
            return unpacked(head, read.bytes());
        } catch (RuntimeException e) {
            throw inOurWords(e);
        } finally {
            pool.giveBack(connection, reusable);
        }
    }

    private record Head(int status, Headers headers) {}

    // RFC 9110, section 15.2: any number of 1xx answers may come before the one that counts.
    private static Head finalHead(DataReader reader) throws IOException {
        for (int i = 0; i <= MAX_INTERIM; i++) {
            int status = Http1StatusParser.readStatus(reader, MAX_LINE).code();
            Headers headers = Http1HeadersParser.readHeaders(reader, MAX_HEAD, true);
            if (status >= 200) {
                return new Head(status, headers);
            }
        }
        throw new UnreadableAnswerException("was answered with interim answers only");
    }

    private static Answer unpacked(Head head, byte[] body) throws IOException {
        Headers headers = head.headers();
        if (body.length == 0 || !headers.contains(HeaderNames.CONTENT_ENCODING)) {
            return new Answer(head.status(), headers, body);
        }
        String coding = headers.get(HeaderNames.CONTENT_ENCODING).get();
        if (!coding.equalsIgnoreCase("gzip") && !coding.equalsIgnoreCase("x-gzip")) {
            throw new UnreadableAnswerException("was answered in a content encoding that nobody asked for");
        }
        WritableHeaders<?> rest = WritableHeaders.create(headers);
        rest.remove(HeaderNames.CONTENT_ENCODING);
        rest.remove(HeaderNames.CONTENT_LENGTH);
        return new Answer(head.status(), rest, AnswerReader.unzip(body));
    }

    private static IOException inOurWords(RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            return interrupted;
        }
        if (e instanceof UncheckedIOException && e.getCause() instanceof IOException below) {
            return below;
        }
        boolean cut = e instanceof DataReader.InsufficientDataAvailableException;
        IOException out =
                cut ? new EOFException("the connection was cut") : new ProtocolException("the answer is no HTTP/1.1");
        out.initCause(e);
        return out;
    }

    /**
     * The connections.
     *
     * @return the pool
     */
    public ConnectionPool pool() {
        return pool;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        pool.close();
    }
}
