package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.model.PlayerId;
import dev.ludo.server.files.SyncedFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * That a player is to be taken out of the inbox. It is a file in the data folder, {@code inbox-forget/….request}, which survives a
 * crash: anybody may leave it, and whoever holds the inbox obeys, and deletes it when all is done that was accepted before. Immutable.
 */
public final class ForgetRequest {
    private static final String SUFFIX = ".request";

    /**
     * What is asked.
     *
     * @param requests those that are not done yet
     * @param strays files beside them that cannot be read as requests, and why
     */
    public record Found(List<ForgetRequest> requests, Map<Path, Exception> strays) {
        /** Copies both. */
        public Found {
            requests = List.copyOf(requests);
            strays = Map.copyOf(strays);
        }
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
            SyncedFile.syncFolder(dataFolder);
        }
        return new ForgetRequest(file, upTo, player);
    }

    /**
     * What is asked now. A file that cannot be read as a request does not hide the others.
     *
     * @param dataFolder the data folder
     * @return all of it
     * @throws IOException if the folder cannot be read
     */
    public static Found in(Path dataFolder) throws IOException {
        List<ForgetRequest> requests = new ArrayList<>();
        Map<Path, Exception> strays = new HashMap<>();
        if (!Files.isDirectory(folder(dataFolder))) {
            return new Found(requests, strays);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(dataFolder), "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    read(file).ifPresent(requests::add);
                } catch (IOException | IllegalArgumentException e) {
                    strays.put(file, e);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new Found(requests, strays);
    }

    private static Optional<ForgetRequest> read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it is done just now
        }
        String[] words = text.split(" ", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("it names nobody");
        }
        return Optional.of(new ForgetRequest(file, Place.of(words[0], words[1]), PlayerId.of(words[2])));
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
