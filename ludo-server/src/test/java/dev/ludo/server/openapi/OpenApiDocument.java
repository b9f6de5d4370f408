package dev.ludo.server.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.ludo.server.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The document that a proxy serves, with every reference in it made absolute. Its schemas of answers are read strictly: a field
 * that is not in them is wrong, so that none stays undocumented.
 */
final class OpenApiDocument {
    private static final String HOME = "https://document.test/openapi";
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode root;
    private final SchemaRegistry schemas;

    private OpenApiDocument(JsonNode bare) {
        for (JsonNode schema : bare.path("components").path("schemas")) {
            if (!schema.has("oneOf") && !schema.has("allOf") && !schema.has("not")) {
                close(schema);
            }
        }
        String text = bare.toString().replace("\"$ref\":\"#/", "\"$ref\":\"" + HOME + "#/");
        root = JSON.readTree(text);
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(HOME, text))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    static OpenApiDocument of(Wire wire) {
        return new OpenApiDocument(
                new YAMLMapper().readTree(wire.get("/openapi").text()));
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        for (JsonNode inner : schema) {
            close(inner);
        }
    }

    JsonNode root() {
        return root;
    }

    /** All operations, such as {@code GET /rooms/{code}}. */
    Set<String> operations() {
        Set<String> names = new TreeSet<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> names.add(method.getKey().toUpperCase(Locale.ROOT) + ' ' + path.getKey())));
        return names;
    }

    JsonNode operation(String name) {
        String[] words = name.split(" ", 2);
        JsonNode operation = root.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            throw new AssertionError(name + " is not documented");
        }
        return operation;
    }

    /** The answers of an operation, by status. */
    Map<Integer, JsonNode> answers(String operation) {
        Map<Integer, JsonNode> answers = new TreeMap<>();
        operation(operation)
                .path("responses")
                .properties()
                .forEach(answer -> answers.put(Integer.valueOf(answer.getKey()), resolve(answer.getValue())));
        return answers;
    }

    boolean has(String operation, int status) {
        return answers(operation).containsKey(status);
    }

    /** The codes that an answer may have, by its examples; none for a success. */
    Set<String> codes(JsonNode answer) {
        Set<String> codes = new TreeSet<>();
        for (JsonNode example : answer.path("content").path("application/json").path("examples")) {
            JsonNode code = resolve(example).path("value").path("code");
            if (code.isString()) {
                codes.add(code.stringValue());
            }
        }
        return codes;
    }

    /** The security that an operation asks for: its ways, each of which is a set of schemes. */
    List<Set<String>> security(String operation) {
        JsonNode own = operation(operation).path("security");
        List<Set<String>> ways = new ArrayList<>();
        for (JsonNode way : own.isMissingNode() ? root.path("security") : own) {
            ways.add(new TreeSet<>(way.propertyNames()));
        }
        return ways;
    }

    /** What a reference leads to, or the node itself. */
    JsonNode resolve(JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (!reference.isString()) {
            return node;
        }
        String target = reference.stringValue();
        if (!target.startsWith(HOME + '#')) {
            throw new AssertionError(target + " leads out of the document");
        }
        JsonNode found = root.at(target.substring(HOME.length() + 1));
        if (found.isMissingNode()) {
            throw new AssertionError("there is no " + target);
        }
        return found;
    }

    /** What is wrong with a value by a schema; nothing if it is good. */
    List<String> errors(JsonNode schema, JsonNode value) {
        return schemas.getSchema(schema).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    /** What is wrong with a body by the schema of its media type. */
    List<String> errors(JsonNode schema, String mediaType, String body) {
        JsonNode value = mediaType.equals("application/json") ? JSON.readTree(body) : text(body);
        return errors(schema, value);
    }

    /** What is wrong with a header or parameter, which is a text whatever its schema says. */
    List<String> textErrors(JsonNode schema, String value) {
        boolean number = resolve(schema).path("type").asString("").equals("integer") && value.matches("-?[0-9]{1,18}");
        return errors(schema, number ? JSON.readTree(value) : text(value));
    }

    private static JsonNode text(String value) {
        return JSON.getNodeFactory().stringNode(value);
    }
}
