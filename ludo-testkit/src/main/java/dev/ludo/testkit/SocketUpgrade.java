package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ludo.testkit.fault.ActiveFault;
import dev.ludo.testkit.fault.Fault;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns handshakes into sockets. What is no good handshake, or has not the key, is answered as the HTTP request it is. */
final class SocketUpgrade extends WsUpgrader {
    static final String PATH = "/ws";

    private static final int NONCE_BYTES = 16;

    private final ApiKey key;
    private final SocketSetup setup;
    private final Wires wires;

    SocketUpgrade(ApiKey key, SocketSetup setup, Wires wires) {
        super(WsConfig.create());
        this.key = key;
        this.setup = setup;
        this.wires = wires;
    }

    @Override
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        Optional<String> nonce = headers.first(WS_KEY).filter(SocketUpgrade::isNonce);
        boolean good = prologue.uriPath().rawPath().equals(PATH)
                && prologue.method().equals(Method.GET)
                && asksToUpgrade(headers)
                && nonce.isPresent()
                && headers.first(WS_VERSION).filter(SUPPORTED_VERSION::equals).isPresent()
                && key.opens(headers.first(HeaderNames.AUTHORIZATION));
        if (!good || isHit()) {
            return null;
        }
        // It is known before the peer can know that it is, so that whoever has a socket can count on the time to join.
        Wire wire = Wires.current();
        record(wire, headers);
        FakeSocket socket = new FakeSocket(context, wire, setup);
        String answer = SWITCHING_PROTOCOL_PREFIX + hash(context, nonce.orElseThrow()) + SWITCHING_PROTOCOLS_SUFFIX;
        try {
            context.dataWriter().writeNow(BufferData.create(answer.getBytes(US_ASCII)));
        } catch (RuntimeException e) {
            socket.over();
            throw e;
        }
        return socket;
    }

    private void record(Wire wire, WritableHeaders<?> headers) {
        setup.journal()
                .request(
                        wire.number(),
                        "GET",
                        PATH,
                        "",
                        () -> CallRecord.texts(headers),
                        new byte[0],
                        Optional.empty(),
                        Optional.empty());
        setup.journal().answer(wire.number(), "GET", PATH, 101, Map::of, "", Optional.empty(), false);
    }

    /** Whether a fault is to answer instead; one that only makes the handshake wait has done so by then. */
    private boolean isHit() {
        Optional<ActiveFault> hit = setup.faults().onCall("GET", PATH);
        if (hit.isPresent() && hit.get().rule().fault() instanceof Fault.Delay delay) {
            wires.pause(delay.duration());
            return false;
        }
        hit.ifPresent(Wires.current()::hitHandshake);
        return hit.isPresent();
    }

    private static boolean asksToUpgrade(Headers headers) {
        return headers.all(HeaderNames.CONNECTION, List::of).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .anyMatch(option -> option.strip().equalsIgnoreCase("upgrade"));
    }

    private static boolean isNonce(String text) {
        try {
            return Base64.getDecoder().decode(text).length == NONCE_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
