package dev.ludo.server;

import dev.ludo.server.ops.Logging;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test after which a secret stands in the log, as an operator gets it who wants to know everything, or in what was printed.
 * Every test has it: it is found by the service loader.
 */
public final class SecretsWatch implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final AtomicBoolean WATCHING = new AtomicBoolean();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (WATCHING.compareAndSet(false, true)) {
            Logging.level(System.Logger.Level.TRACE);
            Logger.getLogger("").addHandler(new Log());
            System.setOut(new PrintStream(new Tee(System.out), true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Secrets.assertNoneTold();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Secrets.assertNoneTold();
    }

    private static final class Log extends Handler {
        Log() {
            setLevel(Level.ALL);
            setFormatter(new SimpleFormatter());
        }

        @Override
        public void publish(LogRecord record) {
            Secrets.look("the log", getFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Passes on what is printed, and has it looked through line by line. */
    private static final class Tee extends OutputStream {
        private final PrintStream out;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Tee(PrintStream out) {
            this.out = out;
        }

        @Override
        public synchronized void write(int b) {
            out.write(b);
            line.write(b);
            if (b == '\n') {
                Secrets.look("what was printed", line.toString(StandardCharsets.UTF_8));
                line.reset();
            }
        }

        @Override
        public void flush() {
            out.flush();
        }
    }
}
