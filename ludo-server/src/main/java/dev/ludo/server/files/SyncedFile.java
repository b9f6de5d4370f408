package dev.ludo.server.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.time.Instant;
import java.util.Set;

/** Writes small files that are there whole or as they were before, also after a crash. */
public final class SyncedFile {
    private static final String UNFINISHED = ".new";

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private SyncedFile() {}

    /**
     * Writes a file, in place of what it held. It survives a crash once this returns. One may write a file at a time.
     *
     * @param file which
     * @param text what it is to hold
     * @param attributes what the file system is to note of it
     * @throws IOException if that cannot be done
     */
    public static void write(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(fresh);
        try (FileChannel out = FileChannel.open(fresh, NEW, attributes)) {
            writeWhole(out, ByteBuffer.wrap(text.getBytes(UTF_8)));
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncName(file);
    }

    /**
     * Writes bytes where a channel is, however many writes that takes.
     *
     * @param out which channel
     * @param bytes what is written, from its position to its limit
     * @throws IOException if that cannot be done
     */
    public static void writeWhole(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /**
     * Sees to it that the name of a file survives a crash.
     *
     * @param file which
     * @throws IOException if that cannot be done
     */
    public static void syncName(Path file) throws IOException {
        syncFolder(file.toAbsolutePath().resolveSibling(""));
    }

    /**
     * Sees to it that the names in a folder survive a crash.
     *
     * @param folder which
     * @throws IOException if that cannot be done
     */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /**
     * Deletes what processes have left that were killed while they wrote. One that has written for longer fails.
     *
     * @param folder which
     * @param before what was written to since then stays
     * @throws IOException if that cannot be done
     */
    public static void deleteUnfinished(Path folder, Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : files) {
                if (isOlder(file, before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isOlder(Path file, Instant than) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(than);
        } catch (NoSuchFileException e) {
            return false; // it is whole by now
        }
    }
}
