package dev.ludo.server.api;

import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A file on the class path that is served as it is. It is read anew for each answer, a piece at a time, so that none of it
 * stays in memory but its length and tag, which are found out when they are first asked for. Thread-safe.
 */
final class StaticFile {
    private record Known(long length, String tag) {}

    private final String path;
    private final String contentType;
    private volatile @Nullable Known known;

    /** A file by its absolute path on the class path, without the slash before it. */
    StaticFile(String path, String contentType) {
        this.path = path;
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    long length() {
        return known().length();
    }

    /** The answer with this file, for callers who ask each time whether theirs is still good. */
    Reply reply(Exchange exchange) {
        return EntityTag.reply(exchange, known().tag(), () -> Reply.file(this))
                .with(HeaderNames.CACHE_CONTROL, "no-cache");
    }

    /** Writes all of it, and closes what it was written to. */
    void writeTo(OutputStream target) {
        try (InputStream in = open();
                OutputStream out = target) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " could not be sent", e);
        }
    }

    /** Opens it. */
    InputStream open() {
        InputStream in = StaticFile.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException("the program is not whole: " + path + " is missing");
        }
        return in;
    }

    private Known known() {
        Known found = known;
        if (found == null) {
            found = readThrough();
            known = found;
        }
        return found;
    }

    private Known readThrough() {
        MessageDigest digest = EntityTag.sha256();
        try (InputStream in = new DigestInputStream(open(), digest)) {
            long length = in.transferTo(OutputStream.nullOutputStream());
            return new Known(length, EntityTag.of(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
