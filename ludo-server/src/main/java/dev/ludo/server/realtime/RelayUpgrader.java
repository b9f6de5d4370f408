package dev.ludo.server.realtime;

import dev.ludo.client.frame.Line;
import dev.ludo.core.model.Secret;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.api.Failures;
import dev.ludo.server.api.Served;
import dev.ludo.server.guard.CallerAuth;
import dev.ludo.server.guard.RateLimits;
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
import org.jspecify.annotations.Nullable;

/**
 * Turns requests to {@code /ws/game/{code}} into relayed sockets: first the client is admitted, then the API's socket is
 * opened, and only then the client is told that it has one. Until that point every failure is an answer in plain HTTP. Into a
 * room that is watched already the client is let at once, and has a socket of the API's only if it joins; so has who came while
 * another's socket for the same room was being opened.
 */
public final class RelayUpgrader implements Http1Upgrader {
    // Less than this the connector takes by itself.
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

    private static final String ROUTE = "/ws/game/{code}";

    private final SocketConfig config;
    private final Secret apiKey;
    private final Admission admission;
    private final RateLimits limits;
    private final Sessions sessions;
    private final FirstLines firstLines = new FirstLines();
    private final Gallery gallery;
    private final Engine engine;
    private final RoomNews news;
    private final Consumer<Served> log;

    /**
     * Knows all that it takes.
     *
     * @param config what holds for sockets
     * @param apiKey the key that goes upstream
     * @param callers tells who calls
     * @param limits holds clients to their limits
     * @param sessions counts the sockets
     * @param gallery where rooms are watched from
     * @param engine what they run on
     * @param news told of each message from a room
     * @param log takes each request once it is answered, by a socket or a refusal
     */
    public RelayUpgrader(
            SocketConfig config,
            Secret apiKey,
            CallerAuth callers,
            RateLimits limits,
            Sessions sessions,
            Gallery gallery,
            Engine engine,
            RoomNews news,
            Consumer<Served> log) {
        this.config = config;
        this.apiKey = apiKey;
        this.admission = new Admission(callers, config.origins(), limits);
        this.limits = limits;
        this.sessions = sessions;
        this.gallery = gallery;
        this.engine = engine;
        this.news = news;
        this.log = log;
    }

    @Override
    public String supportedProtocol() {
        return "websocket";
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        String path = prologue.uriPath().path();
        if (!prologue.method().text().equals("GET")
                || !Admission.isRelayed(path)
                || !Admission.asksToUpgrade(headers)) {
            return null; // goes on as an ordinary request
        }
        long start = engine.nanoTime().getAsLong();
        String requestId = RequestIds.of(headers);
        ServerConnection opened;
        try {
            Admitted admitted =
                    admission.check(path, headers, context.remotePeer().address());
            opened = open(context, admitted, requestId, Traceparent.of(headers));
        } catch (CloseConnectionException e) {
            throw e;
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
        Duration took = Duration.ofNanos(engine.nanoTime().getAsLong() - start);
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
            Dial dial = dial(requestId, trace);
            // Where a room is watched already the API can be reached, and most who come watch too.
            if (!gallery.isOpen(admitted.code())) {
                upstream = firstLines.reach(admitted.code(), () -> dial.connect(CONNECT_WITHIN));
            }
            accept(context, Handshake.answer(admitted.key(), admitted.protocol(), requestId));
            Line client = new Line(context.dataReader(), context.dataWriter(), () -> cut(context));
            RelaySession.Terms terms = new RelaySession.Terms(
                    requestId,
                    admitted.code(),
                    config.messageLimit(),
                    config.resumes(),
                    gallery,
                    news,
                    () -> limits.roomWasUnknown(admitted.caller()),
                    giveBack);
            return new RelaySession(terms, client, upstream, dial, engine, sessions);
        } catch (RuntimeException e) {
            if (upstream != null) {
                upstream.cut().run();
            }
            giveBack.run();
            throw e;
        }
    }

    private static void accept(ConnectionContext context, byte[] answer) {
        try {
            context.dataWriter().writeNow(BufferData.create(answer));
        } catch (RuntimeException e) {
            throw new CloseConnectionException("the client went away before it had a socket", e);
        }
    }

    private Dial dial(String requestId, Optional<String> trace) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Request-Id", requestId);
        trace.ifPresent(parent -> headers.put("traceparent", parent));
        return within -> {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put("Authorization", "Bearer " + apiKey.reveal());
            return engine.connector().connect(config.upstream(), all, within);
        };
    }

    private static void cut(ConnectionContext context) {
        context.serverSocket().close();
    }
}
