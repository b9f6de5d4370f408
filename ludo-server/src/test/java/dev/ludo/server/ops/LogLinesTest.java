package dev.ludo.server.ops;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** The lines of the log, and when they are written. */
class LogLinesTest {
    private final Written written = new Written();
    private final LogLines lines = new LogLines(written);

    /** What was written, and whether anything was. */
    private static final class Written extends ByteArrayOutputStream {
        private final CountDownLatch flushed = new CountDownLatch(1);

        @Override
        public void flush() {
            flushed.countDown();
        }

        private String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }

    private static LogRecord record(Level level, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("dev.ludo.access");
        record.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
        return record;
    }

    @Test
    void aLineHasTimeLevelLoggerAndMessage() {
        lines.publish(record(Level.INFO, "{\"n\":1} {0} Zoë"));
        lines.flush();
        String time = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:05\\.006[+-]\\d{4}";
        assertThat(written.text(), matchesPattern(time + " INFO dev\\.ludo\\.access \\{\"n\":1} \\{0} Zoë\n"));
    }

    @Test
    void aLineIsWrittenSoonThoughNothingFollowsIt() throws Exception {
        lines.publish(record(Level.INFO, "one"));
        assertThat("written", written.flushed.await(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS));
        assertThat(written.text(), containsString("one\n"));
    }

    @Test
    void aWarningIsWrittenAtOnceAndWhatWaitsBeforeIt() {
        lines.publish(record(Level.INFO, "first"));
        LogRecord warning = record(Level.WARNING, "second");
        warning.setThrown(new IllegalStateException("the cause"));
        lines.publish(warning);
        assertThat(written.text(), containsString(" first\n"));
        assertThat(written.text(), containsString(" second\njava.lang.IllegalStateException: the cause\n\tat "));
        assertThat(written.text().indexOf("first") < written.text().indexOf("second"), is(true));
    }

    @Test
    void whatIsLoggedAfterTheEndIsWrittenAtOnce() {
        lines.close();
        lines.publish(record(Level.INFO, "late"));
        assertThat(written.text(), containsString(" late\n"));
    }
}
