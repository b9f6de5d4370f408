package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.json.Envelope;
import dev.ludo.testkit.journal.JournalRecorder;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Answers what is wrong before a request can be routed, such as its first line or its headers. It too has the envelope. */
final class BelowRouting implements DirectHandler {
    /** All other statuses from 400 to 499 mean that the request is malformed. */
    private static final Map<Integer, ErrorCode> CODES =
            Map.of(413, ErrorCode.PAYLOAD_TOO_LARGE, 503, ErrorCode.UNAVAILABLE, 500, ErrorCode.INTERNAL);

    private final JournalRecorder journal;

    private BelowRouting(JournalRecorder journal) {
        this.journal = journal;
    }

    static DirectHandlers forAll(JournalRecorder journal) {
        DirectHandlers.Builder all = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            all.addHandler(type, new BelowRouting(journal));
        }
        return all.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        ErrorCode code = CODES.getOrDefault(status.code(), ErrorCode.MALFORMED_REQUEST);
        String body = Envelope.failure(Failure.of(code, sentence(status)));
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        journal.answer(
                Wires.current().number(),
                request.method(),
                request.path(),
                status.code(),
                Map::of,
                body,
                Optional.empty(),
                false);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(false)
                .entity(body.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    // The server's own messages are not meant for the caller.
    private static String sentence(Status status) {
        return switch (status.code()) {
            case 413 -> "the body is too large";
            case 414 -> "the request's path and query are too long";
            case 505 -> "only HTTP/1.1 is spoken here";
            case 500 -> "the fake failed; its log says why";
            case 503 -> "the fake is closing";
            default -> "the request is not well-formed HTTP, or its headers have more than 16 KiB";
        };
    }
}
