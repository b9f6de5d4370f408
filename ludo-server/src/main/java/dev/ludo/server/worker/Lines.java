package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.server.files.SyncedFile;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file of lines that grows at its end and survives a crash: what is {@linkplain #sync synced} stays, and a line that a crash
 * has cut is dropped when the file is opened again. One process at a time writes it. For one thread.
 */
final class Lines implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Lines.class.getName());

    /** Takes the whole lines of a file. */
    @FunctionalInterface
    interface Reader {
        /**
         * Takes a line.
         *
         * @param at where it begins, in bytes
         * @param line the line without its end
         */
        void line(long at, String line);
    }

    private final Path file;
    private FileChannel out;
    private long length;
    private boolean nameSynced = true;
    private boolean synced = true;

    private Lines(Path file, FileChannel out, long length) {
        this.file = file;
        this.out = out;
        this.length = length;
    }

    /** Opens a file, which is made if it is not there, and reads what it holds. */
    static Lines open(Path file, Reader reader) throws IOException {
        boolean isNew = Files.notExists(file);
        FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long length = read(out, 0, reader);
            if (length < out.size()) {
                LOG.log(Level.INFO, "{0} ends with a line that was cut; it is dropped", file);
                out.truncate(length);
            }
            if (isNew) {
                out.force(true);
                SyncedFile.syncName(file);
            }
            return new Lines(file, out, length);
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /**
     * Reads the whole lines of a file, which another process may be writing.
     *
     * @return where the last whole line ends
     */
    static long read(FileChannel file, long from, Reader reader) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        long begin = from;
        long at = from;
        while (file.read(chunk, at) > 0) {
            at += chunk.flip().remaining();
            while (chunk.hasRemaining()) {
                byte b = chunk.get();
                if (b == '\n') {
                    reader.line(begin, line.toString(UTF_8));
                    begin += line.size() + 1;
                    line.reset();
                } else {
                    line.write(b);
                }
            }
            chunk.clear();
        }
        return begin;
    }

    /** The line that begins at a place. */
    String lineAt(long at) throws IOException {
        return lineAt(out, at);
    }

    /** The line of a file that begins at a place. */
    static String lineAt(FileChannel file, long at) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(4096);
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        long from = at;
        while (file.read(chunk, from) > 0) {
            from += chunk.flip().remaining();
            while (chunk.hasRemaining()) {
                byte b = chunk.get();
                if (b == '\n') {
                    return line.toString(UTF_8);
                }
                line.write(b);
            }
            chunk.clear();
        }
        throw new EOFException("no whole line at " + at);
    }

    /** How long the file is, in bytes. */
    long length() {
        return length;
    }

    /** Adds lines, none of which holds a line break. They stay for good once {@link #sync} has returned. */
    void append(List<String> lines) throws IOException {
        ByteBuffer bytes = bytes(lines);
        int count = bytes.remaining();
        out.truncate(length); // of what an earlier failure may have left behind
        for (long at = length; bytes.hasRemaining(); ) {
            at += out.write(bytes, at);
        }
        length += count;
        synced = false;
    }

    void sync() throws IOException {
        out.force(false);
        if (!nameSynced) {
            SyncedFile.syncName(file);
            nameSynced = true;
        }
        synced = true;
    }

    /** Whether it can be added to, and all that was added stays; else it is to be replaced. */
    boolean isSound() {
        return out.isOpen() && synced && nameSynced;
    }

    /** Writes lines to where they are taken. */
    @FunctionalInterface
    interface Source {
        /** Writes all of them. */
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes lines. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes a line.
         *
         * @return how many bytes it takes
         */
        long line(String line) throws IOException;
    }

    /** Puts other lines in place of all that there are, at once. They stay for good once {@link #sync} has returned. */
    void replace(Source source) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Lines lines = open(fresh, (at, line) -> {});
        try {
            source.writeTo(line -> {
                long before = lines.length;
                lines.append(List.of(line));
                return lines.length - before;
            });
            lines.sync();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            lines.close();
            Files.deleteIfExists(fresh); // the disk may be full
            throw e;
        }
        // From here on the new file is the one that has the name, whatever happens.
        FileChannel before = out;
        out = lines.out;
        length = lines.length;
        nameSynced = false;
        synced = true;
        before.close();
    }

    private static ByteBuffer bytes(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return ByteBuffer.wrap(text.toString().getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
