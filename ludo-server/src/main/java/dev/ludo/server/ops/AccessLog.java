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
        LOGGER.log(
                Level.INFO,
                "{\"requestId\":" + LudoJson.write(served.requestId()) + ",\"method\":"
                        + LudoJson.write(served.method())
                        + ",\"route\":" + LudoJson.write(served.route()) + ",\"status\":" + served.status()
                        + ",\"ms\":" + millis(served.took()) + ",\"upstreamMs\":" + millis(served.upstream())
                        + ",\"cache\":" + LudoJson.write(served.cache()) + '}');
    }

    // To the microsecond; by hand, since a formatter costs more than the rest of the line.
    private static String millis(Duration duration) {
        long micros = duration.toNanos() / 1000;
        String fraction = Long.toString(1000 + micros % 1000).substring(1);
        return micros / 1000 + "." + fraction;
    }
}
