package dev.ludo.testkit;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Takes the length from answers that have no body by their status; the web server gives them one (RFC 9110, section 8.6). */
final class BareAnswers implements Http1ConnectionListener {
    @Override
    public void status(ConnectionContext connection, Status status) {
        Wires.current().answers(status);
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        if (Wires.current().answersBarely() && headers instanceof ServerResponseHeaders sent) {
            sent.remove(HeaderNames.CONTENT_LENGTH);
        }
    }
}
