package dev.ludo.server.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The right to be the worker of a data folder. It ends with the process, however that ends. */
final class WorkerLock implements AutoCloseable {
    private final FileChannel channel;

    private WorkerLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it; empty if another has it. */
    static Optional<WorkerLock> take(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("worker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @SuppressWarnings("resource") // it ends with its channel
            FileLock held = channel.tryLock();
            if (held != null) {
                return Optional.of(new WorkerLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // this process holds it itself, which is told like the other
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
