package dev.ludo.server.ops;

import io.helidon.logging.common.LogConfig;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The log of the process: lines on standard error, until the process has really ended. */
public final class Logging {
    private static final Map<System.Logger.Level, Level> LEVELS = Map.of(
            System.Logger.Level.ALL, Level.ALL,
            System.Logger.Level.TRACE, Level.FINER,
            System.Logger.Level.DEBUG, Level.FINE,
            System.Logger.Level.INFO, Level.INFO,
            System.Logger.Level.WARNING, Level.WARNING,
            System.Logger.Level.ERROR, Level.SEVERE,
            System.Logger.Level.OFF, Level.OFF);

    private Logging() {}

    /** Made when it is first needed, which is after the log was set up. */
    private static final class Ours {
        // Held, since the platform forgets loggers that nobody holds, with their levels.
        static final Logger LOGGER = Logger.getLogger("dev.ludo");
    }

    /** Sets the log up. To be called before anything logs. */
    public static void install() {
        System.setProperty("java.util.logging.manager", Lasting.class.getName());
        LogConfig.configureRuntime();
        Lasting.keep = true;
    }

    /**
     * Sets what is logged. What is less severe than INFO is logged of this program alone: the libraries under it would write down
     * requests as they come, with the tokens in them.
     *
     * @param level the least severe level
     */
    public static void level(System.Logger.Level level) {
        boolean details = level.compareTo(System.Logger.Level.INFO) < 0;
        Logger.getLogger("").setLevel(details ? Level.INFO : LEVELS.get(level));
        Ours.LOGGER.setLevel(LEVELS.get(level));
    }

    /** Writes what was logged and still waits for more. To be called before the process ends, or somebody else writes to standard error. */
    public static void flush() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.flush();
        }
    }

    /** The platform's log manager closes the log as soon as the process is told to end; this one lets the end be logged. */
    public static final class Lasting extends LogManager {
        private static volatile boolean keep;

        /** Made by the platform. */
        public Lasting() {}

        @Override
        public void reset() {
            if (keep) {
                flush();
            } else {
                super.reset();
            }
        }
    }
}
