package dev.ludo.server.ops;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Writes the log on standard error, a line a record and stack traces after it. What is a warning or worse is written at once,
 * and all that waits with it; the rest is written in blocks, {@link #LATEST} after it was logged at the most: a line a request
 * would otherwise be a call of the system a request. Thread-safe.
 */
public final class LogLines extends Handler {
    /** How long a line may wait. */
    static final Duration LATEST = Duration.ofMillis(100);

    private static final int BLOCK = 32 * 1024;
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.");
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("xx");

    private final Formatter messages = new SimpleFormatter();
    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition begun = lock.newCondition();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK);
    private boolean closed;
    private long second = Long.MIN_VALUE;
    private String secondText = "";
    private String zoneText = "";

    /** Made by the platform, which finds the name in the log's configuration. */
    public LogLines() {
        this(new FileOutputStream(FileDescriptor.err));
    }

    LogLines(OutputStream out) {
        this.out = out;
        Thread.ofPlatform().daemon().name("ludo-log").start(this::writeBlocks);
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        String rest = ' '
                + record.getLevel().getName()
                + ' '
                + record.getLoggerName()
                + ' '
                + messages.formatMessage(record)
                + trace(record)
                + '\n';
        lock.lock();
        try {
            boolean first = block.size() == 0;
            block.writeBytes((time(record.getInstant()) + rest).getBytes(StandardCharsets.UTF_8));
            if (closed || block.size() >= BLOCK || record.getLevel().intValue() >= Level.WARNING.intValue()) {
                write();
            } else if (first) {
                begun.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    // All but the milliseconds stays the same for a second.
    private String time(Instant at) {
        if (at.getEpochSecond() != second) {
            second = at.getEpochSecond();
            secondText = SECOND.format(at.atZone(ZoneId.systemDefault()));
            zoneText = ZONE.format(at.atZone(ZoneId.systemDefault()));
        }
        String millis = Integer.toString(1000 + at.getNano() / 1_000_000);
        return secondText + millis.substring(1) + zoneText;
    }

    private static String trace(LogRecord record) {
        if (record.getThrown() == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        PrintWriter lines = new PrintWriter(trace);
        lines.println();
        record.getThrown().printStackTrace(lines);
        return trace.toString().stripTrailing();
    }

    private void writeBlocks() {
        lock.lock();
        try {
            while (!closed) {
                if (block.size() == 0) {
                    begun.await();
                } else {
                    lock.unlock();
                    try {
                        Thread.sleep(LATEST);
                    } finally {
                        lock.lock();
                    }
                    write();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        try {
            block.writeTo(out);
            out.flush();
        } catch (IOException e) {
            reportError("the log cannot be written", e, ErrorManager.WRITE_FAILURE);
        }
        block.reset();
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            write();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits; what is logged later is written at once. */
    @Override
    public void close() {
        lock.lock();
        try {
            write();
            closed = true;
            begun.signal();
        } finally {
            lock.unlock();
        }
    }
}
