package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.testkit.fault.ActiveFault;
import dev.ludo.testkit.journal.JournalRecorder;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where every request comes in: it goes to the API or to the control API, and its answer goes out. */
final class HttpFront implements Handler {
    /** What is said to the control API is nobody's business. */
    private static final JournalRecorder NOTHING = new JournalRecorder(Clock.systemUTC(), Clock.systemUTC(), 0);

    private static final Pattern GOOD_REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final ApiSurface api;
    private final ApiKey key;
    private final ControlSurface control;
    private final CallFaults faults;
    private final JournalRecorder journal;
    private final AtomicLong requests = new AtomicLong();

    HttpFront(ApiKey key, ApiSurface api, ControlSurface control, CallFaults faults, JournalRecorder journal) {
        this.key = key;
        this.api = api;
        this.control = control;
        this.faults = faults;
        this.journal = journal;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Wire wire = Wires.current();
        Call call = new Call(request, requestId(request));
        Optional<ActiveFault> hit = faults.hits(call, wire);
        CallRecord record = new CallRecord(
                isControl(call) ? NOTHING : journal,
                call,
                isControl(call) ? 0 : wire.number(),
                hit.map(ActiveFault::id));
        if (call.hasBody()) {
            call.onBodyRead(record::begin);
        } else {
            record.begin();
        }
        AnswerSender sender = new AnswerSender(call, response, wire, record);
        Supplier<Answer> work = () -> Failures.caught(call.requestId(), () -> route(call));
        try {
            hit.ifPresentOrElse(fault -> faults.serve(fault, call, sender, work), () -> sender.whole(work.get()));
        } finally {
            record.begin();
        }
    }

    private static boolean isControl(Call call) {
        return call.path().startsWith("/__ludo/");
    }

    /** The caller's name for the request, or one of ours. */
    private String requestId(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.create(AnswerSender.REQUEST_ID))
                .filter(id -> GOOD_REQUEST_ID.matcher(id).matches())
                .orElseGet(() -> "req_" + requests.incrementAndGet());
    }

    private Answer route(Call call) {
        if (call.path().startsWith("/v1/")) {
            return api.serve(call);
        }
        if (isControl(call)) {
            return control.serve(call);
        }
        if (call.path().equals(SocketUpgrade.PATH)) {
            throw noHandshake(call);
        }
        call.hasNoRoute();
        throw ApiFailure.of(ErrorCode.NOT_FOUND, "there is nothing here; the API is below /v1");
    }

    /** What is wrong with a request that did not become a socket. */
    private ApiFailure noHandshake(Call call) {
        Optional<String> header = call.header("Authorization");
        if (!key.opens(header)) {
            return ApiKey.failure(header);
        }
        if (call.header("Upgrade").isPresent()) {
            return ApiFailure.of(ErrorCode.MALFORMED_REQUEST, "the handshake must be one of WebSocket, version 13");
        }
        call.hasNoRoute();
        return ApiFailure.of(ErrorCode.NOT_FOUND, "there is nothing here but WebSockets");
    }
}
