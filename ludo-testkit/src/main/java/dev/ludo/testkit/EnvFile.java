package dev.ludo.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lines {@code NAME=value}, with comments, quotes and {@code export} as shells know them. The client reads them likewise;
 * the test kit does without the client, so that the client can be tested with it.
 */
final class EnvFile {
    private EnvFile() {}

    /**
     * Reads a file's text.
     *
     * @throws IllegalArgumentException if a line is something else; the message does not show it
     */
    static Map<String, String> parse(String text) {
        Map<String, String> out = new LinkedHashMap<>();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] pair = (line.startsWith("export ") ? line.substring(7) : line).split("=", 2);
            String name = pair[0].strip();
            if (pair.length < 2 || name.isEmpty()) {
                throw new IllegalArgumentException(".env line " + number + " is not NAME=value");
            }
            out.put(name, unquoted(pair[1].strip()));
        }
        return out;
    }

    private static String unquoted(String value) {
        if (value.startsWith("\"") || value.startsWith("'")) {
            int end = value.indexOf(value.charAt(0), 1);
            return end > 0 ? value.substring(1, end) : value;
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }
}
