package dev.ludo.server.inbox;

import dev.ludo.server.files.SyncedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * One file of a journal: eight bytes that say what it is, then records. A record is its length (4 bytes), a checksum
 * (CRC-32C, 4 bytes) over the length and the bytes, and the bytes.
 *
 * <p>A file is written by one process in its life, and never shortened or written over: what a crash or a full disk has cut
 * stays as the file's end, and the next record goes to the next file. Once it is closed another file may take its name, in which
 * players are {@linkplain ForgetRequest forgotten}, and each record stands where it stood.
 *
 * @param number its place among the files, from 1
 * @param file where it is
 */
public record Segment(long number, Path file) {
    /** How long a record may be, in bytes. */
    static final int MAX_RECORD = 512 * 1024;

    /** What stands before the bytes of a record. */
    static final int RECORD_HEADER = 2 * Integer.BYTES;

    private static final long MAGIC = 0x4C55_444F_4A4E_4C31L; // LUDOJNL1

    static final int FILE_HEADER = Long.BYTES;

    private static final String PREFIX = "inbox-";
    private static final String SUFFIX = ".journal";

    static Segment of(Path folder, long number) {
        return new Segment(number, folder.resolve(String.format(Locale.ROOT, "%s%012d%s", PREFIX, number, SUFFIX)));
    }

    /**
     * The segments in a folder.
     *
     * @param folder the data folder
     * @return those that are there now, the oldest first
     * @throws IOException if the folder cannot be read
     */
    public static List<Segment> in(Path folder) throws IOException {
        List<Segment> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                String digits = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
                if (digits.length() == 12 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    found.add(new Segment(Long.parseLong(digits), file));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort((a, b) -> Long.compare(a.number, b.number));
        return found;
    }

    /**
     * Makes the file, which must not be there, and sees to it that it and its name survive a crash. Who reads sees it only once it
     * will stay: a number that was seen and is given again would be passed over.
     */
    FileChannel create() throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
        try {
            SyncedFile.writeWhole(
                    out, ByteBuffer.allocate(FILE_HEADER).putLong(MAGIC).flip());
            out.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            SyncedFile.syncName(file);
            return out;
        } catch (IOException | RuntimeException e) {
            out.close();
            Files.deleteIfExists(fresh); // a full disk would be filled with the beginnings of files
            throw e;
        }
    }

    /** Puts a record with its header into a buffer. */
    static void frame(byte[] record, ByteBuffer to) {
        to.putInt(record.length).putInt(checksum(record)).put(record);
    }

    static int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(record.length).flip());
        crc.update(record);
        return (int) crc.getValue();
    }

    static boolean begins(ByteBuffer fileHeader) {
        return fileHeader.remaining() == FILE_HEADER && fileHeader.getLong() == MAGIC;
    }
}
