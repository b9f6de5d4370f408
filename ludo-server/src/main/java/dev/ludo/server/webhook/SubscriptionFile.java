package dev.ludo.server.webhook;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.server.files.SyncedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The subscription of a data folder, with its secret: a file that its owner alone may read. Whoever changes it, or acts upon what is
 * not to change meanwhile, holds {@code subscription.lock}; it is there whole at any time.
 */
final class SubscriptionFile {
    // A lock on a file is the whole process's.
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path folder;
    private final Path file;
    private final Path asked;

    SubscriptionFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("subscription.json");
        this.asked = folder.resolve("subscription.asked");
    }

    /** What is done while nobody else does it. */
    @FunctionalInterface
    interface Locked<T> {
        T run() throws IOException;
    }

    /** Waits for the lock, and does something while it is held. */
    <T> T locked(Locked<T> action) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        IN_THIS_PROCESS.lockInterruptibly();
        try (FileChannel lock = FileChannel.open(
                folder.resolve("subscription.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock(); // it ends with its channel
            return action.run();
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    Optional<WebhookSubscription> read() throws IOException {
        try {
            return Optional.of(LudoJson.read(Files.readAllBytes(file), WebhookSubscription.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedJsonException e) {
            throw new IOException(file + " cannot be read as a subscription", e);
        }
    }

    void write(WebhookSubscription subscription) throws IOException {
        SyncedFile.write(file, LudoJson.write(subscription), ownersAlone());
        Files.deleteIfExists(asked);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(asked);
    }

    /**
     * The key by which the API tells that it was asked for the same subscription before, by a process that ended before it
     * could write the answer down.
     */
    String key(String url) throws IOException {
        if (Files.exists(asked)) {
            String[] words = Files.readString(asked).strip().split(" ", 2);
            if (words.length == 2 && words[1].equals(url)) {
                return words[0];
            }
        }
        String key = UUID.randomUUID().toString();
        SyncedFile.write(asked, key + ' ' + url + '\n', ownersAlone());
        return key;
    }

    /** Has the next question be another one. */
    void forgetKey() throws IOException {
        Files.deleteIfExists(asked);
    }

    private static FileAttribute<?>[] ownersAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
