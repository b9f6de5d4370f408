package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.json.LudoJson;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The body of one request, read under a bound. */
final class RequestBody {
    private static final int DRAINED = 1024 * 1024;
    private static final byte[] NONE = {};

    private final ServerRequest request;
    private byte @Nullable [] bytes;
    private @Nullable InputStream stream;
    /** Whether nobody knows any more where in the body the line is. */
    private boolean broken;

    private Runnable onRead = () -> {};

    RequestBody(ServerRequest request) {
        this.request = request;
    }

    byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = read();
            bytes = known;
            onRead.run();
        }
        return known;
    }

    /** Does something as soon as the body is read. */
    void onRead(Runnable task) {
        onRead = task;
    }

    /** The body if it was read, or nothing. */
    byte[] soFar() {
        byte[] known = bytes;
        return known == null ? NONE : known;
    }

    /** Whether there is one, however long. */
    boolean isThere() {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                || request.headers().contentLength().orElse(0) > 0;
    }

    private byte[] read() {
        if (request.headers().contentLength().orElse(0) > LudoJson.MAX_BYTES) {
            throw tooLarge();
        }
        byte[] all;
        try {
            all = stream().readNBytes(LudoJson.MAX_BYTES + 1);
        } catch (RequestException e) {
            broken = true;
            throw e.status().code() == ErrorCode.PAYLOAD_TOO_LARGE.status() ? tooLarge() : malformed();
        } catch (NumberFormatException e) {
            broken = true;
            throw malformed(); // the length of a chunk
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("the caller went away in the middle of the body", e);
        }
        if (all.length > LudoJson.MAX_BYTES) {
            throw tooLarge();
        }
        return all;
    }

    // The server hands it out once.
    private InputStream stream() {
        InputStream open = stream;
        if (open == null) {
            open = request.content().inputStream();
            stream = open;
        }
        return open;
    }

    private static ApiFailure tooLarge() {
        return ApiFailure.of(ErrorCode.PAYLOAD_TOO_LARGE, "the body has more than " + LudoJson.MAX_BYTES + " bytes");
    }

    private static ApiFailure malformed() {
        return ApiFailure.of(ErrorCode.MALFORMED_REQUEST, "the body is not well-formed HTTP");
    }

    /** Whether there may be more of it on the line than is worth reading only to reach the next request. */
    boolean isLeftUnread() {
        return bytes == null
                && (request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                        || request.headers().contentLength().orElse(0) > LudoJson.MAX_BYTES);
    }

    /**
     * Reads and throws away what is left, up to a bound, so that its sender gets to read the answer that is on its way: a
     * connection that is closed with bytes waiting in it is reset. Who waits for leave to send a body has not sent it.
     */
    void drain() {
        if (bytes != null || broken || request.headers().contains(HeaderValues.EXPECT_100)) {
            return;
        }
        try {
            stream().skip(DRAINED);
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("there is no more to read", e);
        }
    }
}
