package dev.ludo.server.realtime;

import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.api.Failures;
import dev.ludo.server.api.Served;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.RequestIds;
import dev.ludo.server.guard.Traceparent;
import dev.ludo.server.realtime.Admission.Admitted;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests to {@code /ws/game/{code}} into relayed sockets: first the client is admitted, then the API's socket is
 * opened, and only then the client is told that it has one. Until that point every failure is an answer in plain HTTP.
 */
public final class RelayUpgrader implements Http1Upgrader {
    private static final String ROUTE = "/ws/game/{code}";

    private final SocketConfig config;
    private final Secret apiKey;
    private final Admission admission;
    private final SocketConnector connector;
    private final Sessions sessions;
    private final LegWatch watch;
    private final Consumer<RoomCode> heardFrom;
    private final Consumer<Served> log;
    private final LongSupplier nanoTime;

    /**
     * Knows all that it takes.
     *
     * @param config what holds for sockets
     * @param apiKey the key that goes upstream
     * @param callers tells who calls
     * @param connector opens sockets to the API
     * @param sessions counts the sockets
     * @param watch looks after them
     * @param heardFrom told of each message from a room
     * @param log takes each request once it is answered, by a socket or a refusal
     * @param nanoTime the clock that durations are measured by
     */
    public RelayUpgrader(
            SocketConfig config,
            Secret apiKey,
            CallerAuth callers,
            SocketConnector connector,
            Sessions sessions,
            LegWatch watch,
            Consumer<RoomCode> heardFrom,
            Consumer<Served> log,
            LongSupplier nanoTime) {
        this.config = config;
        this.apiKey = apiKey;
        this.admission = new Admission(callers, config.origins());
        this.connector = connector;
        this.sessions = sessions;
        this.watch = watch;
        this.heardFrom = heardFrom;
        this.log = log;
        this.nanoTime = nanoTime;
    }

    @Override
    public String supportedProtocol() {
        return "websocket";
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        String path = prologue.uriPath().path();
        if (!prologue.method().text().equals("GET") || !Admission.isRelayed(path)) {
            return null; // goes on as an ordinary request
        }
        long start = nanoTime.getAsLong();
        String requestId = RequestIds.of(headers);
        ServerConnection opened;
        try {
            Admitted admitted =
                    admission.check(path, headers, context.remotePeer().address());
            opened = open(context, admitted, requestId, Traceparent.of(headers));
        } catch (RuntimeException e) {
            Failures.WholeAnswer answer = Failures.wholeAnswer(e, requestId);
            context.dataWriter().writeNow(BufferData.create(answer.bytes()));
            answered(requestId, answer.status(), start);
            throw new CloseConnectionException("refused before it became a socket");
        }
        answered(requestId, 101, start);
        return opened;
    }

    private void answered(String requestId, int status, long start) {
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
        log.accept(new Served(requestId, "GET", ROUTE, status, took, Duration.ZERO, "-"));
    }

    private ServerConnection open(
            ConnectionContext context, Admitted admitted, String requestId, Optional<String> trace) {
        sessions.take(admitted.caller());
        AtomicBoolean over = new AtomicBoolean();
        Runnable giveBack = () -> {
            if (over.compareAndSet(false, true)) {
                sessions.giveBack(admitted.caller());
            }
        };
        Line upstream = null;
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Authorization", "Bearer " + apiKey.reveal());
            headers.put("X-Request-Id", requestId);
            trace.ifPresent(parent -> headers.put("traceparent", parent));
            upstream = connector.connect(config.upstream(), headers);
            context.dataWriter()
                    .writeNow(BufferData.create(Handshake.answer(admitted.key(), admitted.protocol(), requestId)));
            Line client = new Line(context.dataReader(), context.dataWriter(), () -> cut(context));
            return new RelaySession(
                    requestId,
                    admitted.code(),
                    config.messageLimit(),
                    client,
                    upstream,
                    watch,
                    () -> heardFrom.accept(admitted.code()),
                    nanoTime,
                    sessions,
                    giveBack);
        } catch (RuntimeException e) {
            if (upstream != null) {
                upstream.cut().run();
            }
            giveBack.run();
            throw e;
        }
    }

    private static void cut(ConnectionContext context) {
        context.serverSocket().close();
    }
}
