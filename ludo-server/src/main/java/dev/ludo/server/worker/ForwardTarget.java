package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Where events are passed on to.
 *
 * @param uri the operator's own URL
 */
record ForwardTarget(URI uri) {
    /**
     * What it is called in files, logs and metrics: its host, and a few digits that tell two on one host apart. Its path and query may
     * be secret.
     */
    String name() {
        String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
        return host + '-' + digest().substring(0, 8);
    }

    private String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(uri.toString().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
