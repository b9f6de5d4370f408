package dev.ludo.server.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells whoever deletes old segments of the inbox which of them are still needed. One thread writes it. */
final class Unread {
    private static final String FILE = "worker.unread";

    private final Path file;
    private long written = -1;

    Unread(Path folder) {
        this.file = folder.resolve(FILE);
    }

    /** Says that this segment and those after it are needed. */
    void write(long segment) throws IOException {
        if (segment == written) {
            return;
        }
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.writeString(fresh, Long.toString(segment));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = segment;
    }

    /** The first segment that is needed; a folder in which no worker has ever worked needs none. */
    static long first(Path folder) {
        try {
            return Long.parseLong(Files.readString(folder.resolve(FILE)).strip());
        } catch (NoSuchFileException e) {
            return Long.MAX_VALUE;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell how far the worker has read", e);
        } catch (NumberFormatException e) {
            return 0; // a crash of the machine has emptied it: nothing is given away until a worker says more
        }
    }
}
