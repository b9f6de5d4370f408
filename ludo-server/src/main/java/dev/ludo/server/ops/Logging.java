package dev.ludo.server.ops;

import io.helidon.logging.common.LogConfig;
import java.util.Map;
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

    /** Sets the log up. To be called before anything logs. */
    public static void install() {
        System.setProperty("java.util.logging.manager", Lasting.class.getName());
        LogConfig.configureRuntime();
        Lasting.keep = true;
    }

    /**
     * Sets what is logged.
     *
     * @param level the least severe level
     */
    public static void level(System.Logger.Level level) {
        Logger.getLogger("").setLevel(LEVELS.get(level));
    }

    /** The platform's log manager closes the log as soon as the process is told to end; this one lets the end be logged. */
    public static final class Lasting extends LogManager {
        private static volatile boolean keep;

        /** Made by the platform. */
        public Lasting() {}

        @Override
        public void reset() {
            if (!keep) {
                super.reset();
            }
        }
    }
}
