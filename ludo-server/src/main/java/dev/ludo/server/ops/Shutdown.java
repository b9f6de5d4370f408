package dev.ludo.server.ops;

import java.lang.System.Logger.Level;

/** The end of the process on SIGTERM or Ctrl-C: what was begun is finished, then it exits with 0. */
public final class Shutdown {
    private static final System.Logger LOGGER = System.getLogger(Shutdown.class.getName());

    private Shutdown() {}

    /**
     * Has something done when the process is told to end.
     *
     * @param drain finishes what was begun
     */
    public static void onSignal(Runnable drain) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drainAndHalt(drain), "ludo-drain"));
    }

    // A process that ends by a signal has the exit code 143 or 130 unless it is halted with another.
    private static void drainAndHalt(Runnable drain) {
        int exitCode = 0;
        try {
            LOGGER.log(Level.INFO, "draining");
            drain.run();
            LOGGER.log(Level.INFO, "drained");
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "the drain failed", e);
            exitCode = 1;
        }
        Logging.flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
