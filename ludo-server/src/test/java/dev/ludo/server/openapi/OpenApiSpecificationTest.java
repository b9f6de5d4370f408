package dev.ludo.server.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document is one by the OpenAPI Specification's own schema of documents, its schemas by that of its dialect. */
class OpenApiSpecificationTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OF_DOCUMENTS = "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07";

    // A place in the document, a field there, and what becomes of it: another value, or nothing.
    private static final String BROKEN = """
            / openapi "3.0.3"
            / info -
            / path {}
            /info version -
            /info/license url "https://example.org"
            /servers/0 url -
            /security/1 proxyToken true
            /tags/0 name -
            /tags/0 externalDocs {"url": "no url"}
            /paths rooms {}
            /paths/~1players/post operationID "create"
            /paths/~1players/post tags "players"
            /paths/~1players/post responses {}
            /paths/~1players/post/responses created {"description": "Made."}
            /paths/~1players/post requestBody {"required": true}
            /components schema {}
            /components/parameters/RoomCode in "body"
            /components/parameters/RoomCode required false
            /components/headers/ETag name "ETag"
            /components/responses/Invalid description -
            /components/examples/INTERNAL externalValue "https://example.org"
            /components/securitySchemes/proxyToken type "bearer"
            /components/securitySchemes/proxyToken scheme -
            /components/schemas/Room type "text"
            /components/schemas/Room required true
            /components/schemas/Room discriminator {}
            /components/schemas/Room/properties/code minLength -1
            """;

    private static Schema specification;
    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (String name : List.of("schema-base", "schema", "dialect", "meta")) {
            String text = resource("oas-3.1/" + name + ".json");
            texts.put(JSON.readTree(text).path("$id").stringValue(), text);
        }
        specification = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(texts)
                                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .build()))
                .getSchema(SchemaLocation.of(OF_DOCUMENTS));
        try (LudoServer proxy = LudoServer.start(ProxyTest.config(URI.create("http://127.0.0.1:9/v1")));
                Wire wire = new Wire(proxy.uri())) {
            document = JSON.readTree(
                    wire.get("/openapi", "Accept", "application/json").text());
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = OpenApiSpecificationTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static List<String> errors(JsonNode node) {
        return specification.validate(node).stream().map(Error::toString).toList();
    }

    @Test
    void theDocumentIsAsTheSpecificationSays() {
        assertThat(errors(document), is(empty()));
    }

    static Stream<Arguments> broken() {
        return BROKEN.lines().map(line -> Arguments.of((Object[]) line.split(" ", 3)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aDocumentThatIsNotIsToldWhereItIsWrong(String place, String field, String value) {
        JsonNode wrong = document.deepCopy();
        ObjectNode there = (ObjectNode) wrong.at(place.equals("/") ? "" : place);
        if (value.equals("-")) {
            assertThat("has " + field, there.has(field), is(true));
            there.remove(field);
        } else {
            there.set(field, JSON.readTree(value));
        }
        assertThat(errors(wrong), hasItem(allOf(startsWith(place.equals("/") ? "" : place), containsString(field))));
    }
}
