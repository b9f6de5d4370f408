package dev.ludo.client;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The settings of a client as environment variables have them. */
final class EnvironmentSettings {
    private EnvironmentSettings() {}

    /** What a file says where the environment says nothing; what is empty says nothing. */
    static Map<String, String> merged(Map<String, String> file, Map<String, String> environment) {
        Map<String, String> out = new HashMap<>(file);
        environment.forEach((name, value) -> {
            if (!value.isBlank()) {
                out.put(name, value);
            }
        });
        return out;
    }

    static void apply(Map<String, String> variables, LudoClientBuilder to) {
        Optional<String> key = value(variables, "LUDO_API_KEY");
        Optional<String> keyFile = value(variables, "LUDO_API_KEY_FILE");
        if (key.isPresent() && keyFile.isPresent()) {
            throw new IllegalArgumentException("LUDO_API_KEY and LUDO_API_KEY_FILE are both set; set one");
        }
        set("LUDO_API_KEY", key, to::apiKey);
        set("LUDO_API_KEY_FILE", keyFile, name -> to.apiKeyFile(Path.of(name)));
        set("LUDO_API_BASE_URL", value(variables, "LUDO_API_BASE_URL"), text -> to.baseUri(URI.create(text)));
        set("LUDO_WS_URL", value(variables, "LUDO_WS_URL"), to::wsUri);
        set("LUDO_ALLOW_HTTP", value(variables, "LUDO_ALLOW_HTTP"), text -> to.allowHttp(flag(text)));
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** What a setting does with its text. */
    @FunctionalInterface
    interface Setter {
        void set(String text);
    }

    static void set(String name, Optional<String> value, Setter setter) {
        if (value.isPresent()) {
            try {
                setter.set(value.get());
            } catch (IllegalArgumentException | UncheckedIOException | DateTimeException e) {
                throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
            }
        }
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false, was \"" + text + '"');
        };
    }
}
