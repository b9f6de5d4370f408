package dev.ludo.server.guard;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/** What is thrown where bytes are no request: it is answered in the envelope, and the connection ends. */
final class BadWire {
    private BadWire() {}

    static RequestException malformed(String why) {
        return of(Status.BAD_REQUEST_400, why);
    }

    static RequestException late(String why) {
        return of(Status.REQUEST_TIMEOUT_408, why);
    }

    private static RequestException of(Status status, String why) {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(status)
                .message(why)
                .request(new NoRequest(why))
                .setKeepAlive(false)
                .build();
    }
}
