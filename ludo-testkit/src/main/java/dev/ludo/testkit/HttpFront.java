package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where every request comes in: it goes to the API or to the control API, and its answer goes out. */
final class HttpFront implements Handler {
    private static final String REQUEST_ID = "X-Request-Id";
    private static final Pattern GOOD_REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final ApiSurface api;
    private final ApiKey key;
    private final ControlSurface control;
    private final CallFaults faults;
    private final AtomicLong requests = new AtomicLong();

    HttpFront(ApiKey key, ApiSurface api, ControlSurface control, CallFaults faults) {
        this.key = key;
        this.api = api;
        this.control = control;
        this.faults = faults;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Wire wire = Wires.current();
        Call call = new Call(request, requestId(request));
        AnswerSender sender = new AnswerSender(call, response, wire);
        Supplier<Answer> work = () -> Failures.caught(call.requestId(), () -> route(call));
        faults.hits(call, wire)
                .ifPresentOrElse(hit -> faults.serve(hit, call, sender, work), () -> sender.whole(work.get()));
    }

    /** The caller's name for the request, or one of ours. */
    private String requestId(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.create(REQUEST_ID))
                .filter(id -> GOOD_REQUEST_ID.matcher(id).matches())
                .orElseGet(() -> "req_" + requests.incrementAndGet());
    }

    private Answer route(Call call) {
        if (call.path().startsWith("/v1/")) {
            return api.serve(call);
        }
        if (call.path().startsWith("/__ludo/")) {
            return control.serve(call);
        }
        if (call.path().equals(SocketUpgrade.PATH)) {
            throw noHandshake(call);
        }
        throw ApiFailure.of(ErrorCode.NOT_FOUND, "there is nothing here; the API is below /v1");
    }

    /** What is wrong with a request that did not become a socket. */
    private ApiFailure noHandshake(Call call) {
        Optional<String> header = call.header("Authorization");
        if (!key.opens(header)) {
            return ApiKey.failure(header);
        }
        return call.header("Upgrade").isPresent()
                ? ApiFailure.of(ErrorCode.MALFORMED_REQUEST, "the handshake must be one of WebSocket, version 13")
                : ApiFailure.of(ErrorCode.NOT_FOUND, "there is nothing here but WebSockets");
    }
}
