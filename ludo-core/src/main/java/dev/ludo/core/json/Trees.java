package dev.ludo.core.json;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.MalformedJsonException.Kind;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Texts from outside to trees, under the bounds of {@link LudoJson}. */
final class Trees {
    static final JsonProvider PROVIDER = JsonProvider.provider();

    // The parser's own limit is the first depth it refuses.
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of(
            "org.eclipse.parsson.rejectDuplicateKeys", true, "org.eclipse.parsson.maxDepth", LudoJson.MAX_DEPTH + 1));

    private Trees() {}

    static JsonValue parse(byte[] utf8, int maxBytes) {
        if (utf8.length > maxBytes) {
            throw new MalformedJsonException(
                    Kind.TOO_LARGE, "the text has " + utf8.length + " bytes, the limit is " + maxBytes, null);
        }
        try (JsonParser parser = PARSERS.createParser(new StringReader(decode(utf8)))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new MalformedJsonException(Kind.SYNTAX, "something follows the end of the JSON text", null);
            }
            return value;
        } catch (JsonException e) {
            throw new MalformedJsonException(Kind.SYNTAX, "not JSON: " + e.getMessage(), e);
        } catch (MalformedJsonException e) {
            throw e;
        } catch (RuntimeException e) {
            // Parsson throws a bare RuntimeException past its depth, and NoSuchElementException on an empty text.
            boolean deep = e.getClass() == RuntimeException.class;
            throw deep
                    ? new MalformedJsonException(
                            Kind.TOO_DEEP, "nested deeper than " + LudoJson.MAX_DEPTH + " levels", e)
                    : new MalformedJsonException(Kind.SYNTAX, "not JSON: " + e.getMessage(), e);
        }
    }

    /**
     * The objects of an array, each as it is spelled in a text.
     *
     * @param utf8 a text that has been read without an error
     * @param path the names that lead to the array
     */
    static List<String> sources(byte[] utf8, String... path) {
        String text = decode(utf8);
        List<String> found = new ArrayList<>();
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            parser.next();
            for (String name : path) {
                enter(parser, name);
            }
            while (parser.next() == JsonParser.Event.START_OBJECT) {
                int brace = (int) parser.getLocation().getStreamOffset() - 1;
                parser.skipObject();
                found.add(text.substring(brace, (int) parser.getLocation().getStreamOffset()));
            }
        }
        return found;
    }

    /** Goes to the value of a member of the object that the parser has just begun. */
    private static void enter(JsonParser parser, String name) {
        while (parser.next() == JsonParser.Event.KEY_NAME) {
            boolean here = parser.getString().equals(name);
            JsonParser.Event value = parser.next();
            if (here) {
                return;
            }
            switch (value) {
                case START_OBJECT -> parser.skipObject();
                case START_ARRAY -> parser.skipArray();
                default -> {} // it has no inside
            }
        }
        throw new IllegalArgumentException("there must be a member " + name);
    }

    // The plain constructor is several times as fast as a decoder, and puts U+FFFD in place of what is wrong.
    private static String decode(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException(Kind.SYNTAX, "not valid UTF-8", e);
        }
    }
}
