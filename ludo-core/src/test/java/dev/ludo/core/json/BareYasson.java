package dev.ludo.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.Map;
import org.eclipse.yasson.YassonJsonb;

/** The binding library with nothing of ours but the adapters of the records: what the codec is measured against. */
public final class BareYasson {
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(
            Map.of("org.eclipse.parsson.rejectDuplicateKeys", true, "org.eclipse.parsson.maxDepth", 65));
    private static final YassonJsonb JSONB = (YassonJsonb) JsonbBuilder.newBuilder()
            .withProvider(PROVIDER)
            .withConfig(new JsonbConfig().withAdapters(Adapters.all()))
            .build();

    private BareYasson() {}

    /** The two steps: a tree under bounds, then the record in its {@code data}. */
    public static <T> T readData(byte[] utf8, Class<T> type) {
        return JSONB.fromJsonStructure(tree(utf8).getJsonObject("data"), type);
    }

    /** The two steps for a record that is the whole text. */
    public static <T> T read(byte[] utf8, Class<T> type) {
        return JSONB.fromJsonStructure(tree(utf8), type);
    }

    private static JsonObject tree(byte[] utf8) {
        // From a text, which is the faster way: a stream of bytes is decoded twice as slowly.
        try (JsonReader reader = READERS.createReader(new StringReader(new String(utf8, UTF_8)))) {
            return reader.readObject();
        }
    }

    /** A record as text. */
    public static String write(Object value) {
        return JSONB.toJson(value);
    }
}
