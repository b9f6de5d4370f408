package dev.ludo.testkit;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import io.helidon.config.yaml.YamlConfigParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where the settings of {@code ./ludo fake} come from: the environment, then the file {@code .env}, then the file that
 * {@code LUDO_CONFIG} names. An empty value counts as none.
 */
final class SettingSources {
    private static final String CONFIG_FILE = "LUDO_CONFIG";

    private SettingSources() {}

    /**
     * Reads all of them.
     *
     * @return the values by the names that the environment has for them
     * @throws IllegalArgumentException with one sentence that names what is wrong
     */
    static Map<String, String> read(Map<String, String> environment, Path directory) {
        Map<String, String> told = new LinkedHashMap<>(withValue(dotEnv(directory.resolve(".env"))));
        told.putAll(withValue(environment));
        Map<String, String> all = new LinkedHashMap<>();
        if (told.containsKey(CONFIG_FILE)) {
            all.putAll(yaml(told.get(CONFIG_FILE)));
        }
        all.putAll(told);
        return all;
    }

    private static Map<String, String> withValue(Map<String, String> variables) {
        Map<String, String> out = new LinkedHashMap<>(variables);
        out.values().removeIf(String::isBlank);
        return out;
    }

    private static Map<String, String> dotEnv(Path file) {
        try {
            return Files.isRegularFile(file) ? EnvFile.parse(Files.readString(file)) : Map.of();
        } catch (IOException e) {
            throw new IllegalArgumentException(".env cannot be read", e);
        }
    }

    private static Map<String, String> yaml(String name) {
        Config ludo;
        try {
            ludo = Config.builder()
                    .disableEnvironmentVariablesSource()
                    .disableSystemPropertiesSource()
                    .disableValueResolving()
                    .addSource(ConfigSources.create(Files.readString(Path.of(name)), MediaTypes.APPLICATION_YAML))
                    .addParser(YamlConfigParser.create())
                    .build()
                    .get("ludo");
        } catch (InvalidPathException | IOException | ConfigException e) {
            throw new IllegalArgumentException("LUDO_CONFIG names a file that cannot be read: " + name, e);
        }
        Map<String, String> out = new LinkedHashMap<>();
        ludo.traverse()
                .filter(Config::isLeaf)
                .forEach(leaf -> out.put(variable(leaf), leaf.asString().get()));
        return withValue(out);
    }

    private static String variable(Config leaf) {
        String key = leaf.key().toString();
        return FakeSettings.KNOWN.stream()
                .filter(name -> key(name).equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + " is no setting"));
    }

    /** What stands for a variable in such a file: {@code ludo.rate-limit} for {@code LUDO_RATE_LIMIT}. */
    private static String key(String variable) {
        return "ludo."
                + (variable.startsWith("LUDO_") ? variable.substring("LUDO_".length()) : variable)
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
    }
}
