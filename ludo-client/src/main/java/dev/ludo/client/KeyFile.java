package dev.ludo.client;

import dev.ludo.core.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A key on the first line of a file, read again when the file has changed, so that the key can be rotated. Looks at the file once a
 * second at most. If it cannot be read the key that was read last stays. Thread-safe.
 */
final class KeyFile implements Supplier<Secret> {
    private static final System.Logger LOGGER = System.getLogger(LudoClient.class.getName());
    private static final long SECOND = 1_000_000_000;

    private final Path file;
    private final LongSupplier nanoTime;
    private volatile Read read;

    private record Read(Secret key, FileTime modified, long lookedAt) {}

    KeyFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        try {
            this.read = read();
        } catch (IOException e) {
            throw new UncheckedIOException("the API key's file " + file + " cannot be read", e);
        }
    }

    private Read read() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        String first = Files.readString(file).lines().findFirst().orElse("").strip();
        return new Read(Secret.of(first), modified, nanoTime.getAsLong());
    }

    @Override
    public Secret get() {
        Read known = read;
        long now = nanoTime.getAsLong();
        if (now - known.lookedAt() < SECOND) {
            return known.key();
        }
        try {
            known = Files.getLastModifiedTime(file).equals(known.modified())
                    ? new Read(known.key(), known.modified(), now)
                    : read();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(System.Logger.Level.WARNING, "the API key's file cannot be read; the old key stays", e);
            known = new Read(known.key(), known.modified(), now);
        }
        read = known;
        return known.key();
    }
}
