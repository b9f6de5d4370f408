package dev.ludo.server.ops;

import dev.ludo.core.json.LudoJson;
import dev.ludo.server.api.Served;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;

/** One line of JSON for each request, to the logger {@code dev.ludo.access}. It holds no header, query or body. */
public final class AccessLog implements Consumer<Served> {
    private static final System.Logger LOGGER = System.getLogger("dev.ludo.access");

    /** Writes to the logger. */
    public AccessLog() {}

    @Override
    public void accept(Served served) {
        if (!LOGGER.isLoggable(Level.INFO)) {
            return;
        }
        StringBuilder line = new StringBuilder(192);
        line.append("{\"requestId\":");
        quote(line, served.requestId());
        line.append(",\"method\":");
        quote(line, served.method());
        line.append(",\"route\":");
        quote(line, served.route());
        line.append(",\"status\":").append(served.status()).append(",\"ms\":");
        millis(line, served.took());
        line.append(",\"upstreamMs\":");
        millis(line, served.upstream());
        line.append(",\"cache\":");
        quote(line, served.cache());
        LOGGER.log(Level.INFO, line.append('}').toString());
    }

    private static void quote(StringBuilder line, String text) {
        if (isPlain(text)) {
            line.append('"').append(text).append('"');
        } else {
            line.append(LudoJson.write(text));
        }
    }

    // What stands in JSON as it is; almost every text here does.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    // To the microsecond; by hand, since a formatter costs more than the rest of the line.
    private static void millis(StringBuilder line, Duration duration) {
        long micros = duration.toNanos() / 1000;
        line.append(micros / 1000).append('.');
        String fraction = Long.toString(1000 + micros % 1000);
        line.append(fraction, 1, fraction.length());
    }
}
