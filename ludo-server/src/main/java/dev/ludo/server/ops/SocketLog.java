package dev.ludo.server.ops;

import dev.ludo.core.json.LudoJson;
import dev.ludo.server.realtime.EndedSession;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** One line of JSON for each relayed socket that has ended, to the logger {@code dev.ludo.sockets}. It holds no message. */
public final class SocketLog implements Consumer<EndedSession> {
    private static final System.Logger LOGGER = System.getLogger("dev.ludo.sockets");

    /** Writes to the logger. */
    public SocketLog() {}

    @Override
    public void accept(EndedSession session) {
        LOGGER.log(Level.INFO, () -> line(session));
    }

    private static String line(EndedSession session) {
        return "{\"requestId\":" + LudoJson.write(session.requestId())
                + ",\"room\":" + LudoJson.write(session.room().value())
                + ",\"kind\":\"" + session.kind().word()
                + "\",\"ms\":" + session.took().toMillis()
                + ",\"messagesUp\":" + session.up().messages()
                + ",\"bytesUp\":" + session.up().bytes()
                + ",\"messagesDown\":" + session.down().messages()
                + ",\"bytesDown\":" + session.down().bytes()
                + ",\"resumes\":" + session.comebacks()
                + ",\"queued\":" + session.queued()
                + ",\"by\":\"" + session.by().word()
                + "\",\"code\":" + session.code()
                + ",\"reason\":" + LudoJson.write(session.reason())
                + ",\"upstreamCode\":" + session.upstreamCode()
                + ",\"upstreamReason\":" + LudoJson.write(session.upstreamReason()) + '}';
    }
}
