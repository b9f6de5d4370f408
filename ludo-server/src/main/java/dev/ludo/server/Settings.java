package dev.ludo.server;

import dev.ludo.client.EnvFile;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import io.helidon.config.yaml.YamlConfigParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Where settings come from: the environment, then the file {@code .env}, then {@code application.yaml} or the file that
 * {@code LUDO_CONFIG} names. An empty value counts as none.
 */
final class Settings {
    private static final String CONFIG_FILE = "LUDO_CONFIG";

    // What the launcher reads.
    private static final List<String> OF_THE_LAUNCHER = List.of("LUDO_JAVA_HOME", "LUDO_JAVA_OPTS");

    private final Config config;
    private final List<String> warnings = new ArrayList<>();

    private Settings(Map<String, String> environment, Map<String, String> dotEnv, Optional<String> file) {
        this.config = Config.builder()
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .disableValueResolving()
                .addSource(ConfigSources.create(byKey(environment, "the environment")))
                .addSource(ConfigSources.create(byKey(dotEnv, ".env")))
                .addSource(file.map(Settings::yaml)
                        .orElseGet(() ->
                                ConfigSources.classpath("application.yaml").build()))
                .addParser(YamlConfigParser.create())
                .build();
    }

    /** Reads all sources. */
    static Settings load(Map<String, String> environment, Path directory) {
        Map<String, String> dotEnv = dotEnv(directory.resolve(".env"));
        Optional<String> file = Optional.ofNullable(environment.get(CONFIG_FILE))
                .or(() -> Optional.ofNullable(dotEnv.get(CONFIG_FILE)))
                .filter(name -> !name.isBlank());
        Settings settings;
        try {
            settings = new Settings(environment, dotEnv, file);
        } catch (ConfigException e) {
            throw new BadSettingException("LUDO_CONFIG names a file that cannot be read as settings: "
                    + file.orElse("application.yaml") + ", " + defect(e));
        }
        settings.refuseUnknownKeys();
        return settings;
    }

    private static io.helidon.config.spi.ConfigSource yaml(String name) {
        try {
            Path path = Path.of(name);
            if (!Files.isReadable(path)) {
                throw new BadSettingException("LUDO_CONFIG names a file that cannot be read: " + name);
            }
            return ConfigSources.create(
                    Files.readString(path), io.helidon.common.media.type.MediaTypes.APPLICATION_YAML);
        } catch (InvalidPathException | IOException e) {
            throw new BadSettingException("LUDO_CONFIG names a file that cannot be read: " + name);
        }
    }

    // Not the line itself, which may hold a secret.
    private static String defect(ConfigException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
                Mark mark = yaml.getProblemMark();
                return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            }
        }
        return "which is not a map of names and values";
    }

    private Map<String, String> byKey(Map<String, String> variables, String source) {
        Map<String, String> out = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            Optional<Setting> setting = Setting.named(name);
            if (setting.isEmpty()) {
                if (!name.startsWith("LUDO_") || name.equals(CONFIG_FILE) || OF_THE_LAUNCHER.contains(name)) {
                    return;
                }
                warnings.add(name + " in " + source + " is no setting of this version; it is ignored");
            } else if (!value.isBlank()) {
                out.put(setting.get().key(), value.strip());
            }
        });
        return out;
    }

    private void refuseUnknownKeys() {
        config.get("ludo")
                .traverse()
                .filter(Config::isLeaf)
                .map(node -> node.key().toString())
                .filter(key -> !Setting.isKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new BadSettingException(key + " is no setting of this version");
                });
    }

    private static Map<String, String> dotEnv(Path file) {
        try {
            return EnvFile.read(file);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new BadSettingException(String.valueOf(e.getMessage()));
        }
    }

    /** What was found that is not understood. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    Optional<String> text(Setting setting) {
        return config.get(setting.key())
                .asString()
                .asOptional()
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** What stands in a setting, or in the file that another names. */
    Optional<String> textOrFile(Setting setting, Setting file) {
        Optional<String> text = text(setting);
        Optional<String> name = text(file);
        if (text.isPresent() && name.isPresent()) {
            throw new BadSettingException(setting + " and " + file + " are both set; one of them is enough");
        }
        return name.map(path -> contents(file, path)).or(() -> text);
    }

    private static String contents(Setting setting, String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | InvalidPathException e) {
            throw new BadSettingException(setting + " names a file that cannot be read: " + path);
        }
    }

    int integer(Setting setting, int min, int max, int fallback) {
        Optional<String> text = text(setting);
        try {
            int value = text.map(Integer::parseInt).orElse(fallback);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // not a number at all: said below like a number out of range
        }
        throw new BadSettingException(
                setting + " must be a whole number from " + min + " to " + max + ", was \"" + text.orElse("") + '"');
    }

    boolean flag(Setting setting, boolean fallback) {
        Optional<String> text = text(setting);
        return switch (text.orElse(Boolean.toString(fallback))) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new BadSettingException(setting + " must be true or false, was \"" + text.orElse("") + '"');
        };
    }
}
