package dev.ludo.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of lines {@code NAME=value}, with comments, quotes and {@code export} as shells know them. */
public final class EnvFile {
    private EnvFile() {}

    /**
     * Reads a file.
     *
     * @param file the file; one that does not exist is empty
     * @return the values by name, in their order
     * @throws IllegalArgumentException if a line is something else; the message does not show it
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Map<String, String> read(Path file) {
        Map<String, String> out = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return out;
        }
        try {
            int number = 0;
            for (String raw : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                String line = raw.strip();
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                String pair = line.startsWith("export ") ? line.substring(7).strip() : line;
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(file.getFileName() + " line " + number + " is not NAME=value");
                }
                out.put(
                        pair.substring(0, equals).strip(),
                        unquote(pair.substring(equals + 1).strip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file.getFileName() + " cannot be read", e);
        }
        return out;
    }

    private static String unquote(String value) {
        if (value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"))) {
            int end = value.indexOf(value.charAt(0), 1);
            return end > 0 ? value.substring(1, end) : value;
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }
}
