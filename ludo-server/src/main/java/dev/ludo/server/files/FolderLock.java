package dev.ludo.server.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to do something in a folder that one may do at a time. It ends with the process, however that ends. Thread-safe. */
public final class FolderLock implements AutoCloseable {
    // A system's lock is the process's, and gone when it closes any channel of the file: so none is opened a second
    // time.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @param folder the folder, which is made if it is not there
     * @param name the name of the file that stands for the right
     * @return the lock; empty if another has it, in this process or in another
     * @throws IOException if the folder cannot be used
     */
    public static Optional<FolderLock> take(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve(name);
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<FolderLock> taken = Optional.empty();
        try {
            taken = lock(file);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<FolderLock> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @SuppressWarnings("resource") // it ends with its channel
            FileLock held = channel.tryLock();
            if (held != null) {
                return Optional.of(new FolderLock(file, channel));
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return; // another may hold it by now
        }
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
