package dev.ludo.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A proxy as a process of its own, which is killed and started again. Thread-safe, but that one thread alone kills and starts. */
public final class KilledProxy implements AutoCloseable {
    private final Path directory;
    private final Map<String, String> environment;
    private final ReentrantLock state = new ReentrantLock();
    private final Condition changed = state.newCondition();
    private @Nullable Program program;
    private @Nullable URI uri;

    /** A proxy that does not run yet; it has a folder for itself below the one given. */
    public KilledProxy(Path folder, Map<String, String> settings) throws IOException {
        this.directory = Files.createDirectory(folder.resolve("proxy"));
        this.environment = new HashMap<>(settings);
        this.environment.putIfAbsent("LUDO_HOST", "127.0.0.1");
        this.environment.putIfAbsent("LUDO_LOG_LEVEL", "WARNING");
    }

    /** Starts it, and waits until it takes calls. */
    public void start() throws IOException {
        Program started = Program.start(directory, Main.class, environment, "serve", "--port", "0");
        String line = started.readLine();
        become(started, URI.create(line.substring(line.indexOf("http"))));
    }

    /** Kills it where it stands. */
    public void kill() throws IOException, InterruptedException {
        Program killed = program;
        become(null, null);
        if (killed != null) {
            killed.kill();
            killed.ended(); // has what it printed looked through
            killed.close();
        }
    }

    private void become(@Nullable Program newProgram, @Nullable URI newUri) {
        state.lock();
        try {
            program = newProgram;
            uri = newUri;
            changed.signalAll();
        } finally {
            state.unlock();
        }
    }

    /** Where it is now; waits while it does not run. */
    public URI uri() throws InterruptedException {
        state.lock();
        try {
            URI now = uri;
            while (now == null) {
                changed.await();
                now = uri;
            }
            return now;
        } finally {
            state.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        if (program != null) {
            program.close();
        }
    }
}
