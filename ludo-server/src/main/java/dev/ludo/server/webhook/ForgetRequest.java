package dev.ludo.server.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.model.PlayerId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * That a player is to be taken out of the inbox. It is a file in the data folder, {@code inbox-forget/….request}, which survives a
 * crash: anybody may leave it, and whoever holds the inbox obeys, and deletes it when all is done that was accepted before. Immutable.
 */
public final class ForgetRequest {
    private static final String SUFFIX = ".request";

    /** What is done about a file that is no request. */
    @FunctionalInterface
    public interface Stray {
        /**
         * Does it.
         *
         * @param why says which file
         * @throws IOException to read no further
         */
        void found(IOException why) throws IOException;
    }

    private final Path file;
    private final Place upTo;
    private final String bare;
    private final String quoted;

    private ForgetRequest(Path file, Place upTo, PlayerId player) {
        this.file = file;
        this.upTo = upTo;
        this.bare = bytes(player.value());
        this.quoted = bytes('"' + player.value() + '"');
    }

    // One character for each byte, as which bodies are searched.
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static Path folder(Path dataFolder) {
        return dataFolder.resolve("inbox-forget");
    }

    /**
     * Asks that a player be taken out of what was accepted so far. The request survives a crash once this returns. One process may
     * ask at a time.
     *
     * @param dataFolder the data folder
     * @param player which
     * @return the request; where nothing was ever accepted it is not left, since nobody may ever obey
     * @throws IOException if it cannot be written
     */
    public static ForgetRequest leave(Path dataFolder, PlayerId player) throws IOException {
        Place upTo = InboxTail.end(dataFolder);
        String text = upTo + " " + player.value();
        // The same name for the same request, so that one that is asked again and again is there once.
        Path file = folder(dataFolder).resolve(UUID.nameUUIDFromBytes(text.getBytes(UTF_8)) + SUFFIX);
        if (!upTo.equals(Place.BEGINNING)) {
            // They name somebody.
            SyncedFile.deleteUnfinished(Files.createDirectories(folder(dataFolder)), Instant.MAX);
            SyncedFile.write(file, text);
            Segment.syncFolder(dataFolder);
        }
        return new ForgetRequest(file, upTo, player);
    }

    /**
     * The requests that are not done yet.
     *
     * @param dataFolder the data folder
     * @return all of them
     * @throws IOException if they cannot be read, or a file is no request; the message names it
     */
    public static List<ForgetRequest> in(Path dataFolder) throws IOException {
        return in(dataFolder, e -> {
            throw e;
        });
    }

    /**
     * The requests that are not done yet.
     *
     * @param dataFolder the data folder
     * @param stray what is done about files that are none
     * @return all of them
     * @throws IOException if they cannot be read
     */
    public static List<ForgetRequest> in(Path dataFolder, Stray stray) throws IOException {
        List<ForgetRequest> found = new ArrayList<>();
        if (!Files.isDirectory(folder(dataFolder))) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(dataFolder), "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    found.add(read(file));
                } catch (CharacterCodingException | IllegalArgumentException e) {
                    stray.found(new IOException(file + " cannot be read as a request to forget a player", e));
                }
            }
        } catch (NoSuchFileException e) {
            return in(dataFolder, stray); // one is done just now
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static ForgetRequest read(Path file) throws IOException {
        String[] words = Files.readString(file).split(" ", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("it names nobody");
        }
        return new ForgetRequest(file, Place.of(words[0], words[1]), PlayerId.of(words[2]));
    }

    /** Before which place the inbox is meant: where it ended when it was asked for. */
    Place upTo() {
        return upTo;
    }

    /**
     * Whether the player is named in a body: its id stands there, in quotes.
     *
     * @param body what an event tells
     * @return whether it does
     */
    public boolean names(byte[] body) {
        return new String(body, ISO_8859_1).contains(quoted);
    }

    /**
     * Whether something in the inbox is meant: it was accepted before this was asked for, and names the player.
     *
     * @param place where it stands
     * @param body what it tells
     * @return whether it is
     */
    public boolean isMeant(Place place, byte[] body) {
        return place.compareTo(upTo) < 0 && names(body);
    }

    /** Whether the id stands in bytes that may be cut out of something. */
    boolean isIn(byte[] bytes) {
        return new String(bytes, ISO_8859_1).contains(bare);
    }

    Path file() {
        return file;
    }
}
