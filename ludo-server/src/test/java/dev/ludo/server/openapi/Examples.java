package dev.ludo.server.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Goes through all examples of a document and holds each to its schema. */
final class Examples {
    private final OpenApiDocument document;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private int count;

    private Examples(OpenApiDocument document) {
        this.document = document;
    }

    static Examples of(OpenApiDocument document) {
        Examples examples = new Examples(document);
        for (String name : document.operations()) {
            JsonNode operation = document.operation(name);
            for (JsonNode parameter : operation.path("parameters")) {
                JsonNode resolved = document.resolve(parameter);
                examples.text(name + " parameter " + resolved.path("name"), resolved);
            }
            JsonNode body = document.resolve(operation.path("requestBody"));
            if (!body.isMissingNode()) {
                examples.content(name + " request", body.path("content"));
            }
            document.answers(name).forEach((status, answer) -> {
                String where = name + ' ' + status;
                answer.path("headers")
                        .properties()
                        .forEach(header -> examples.text(
                                where + " header " + header.getKey(), document.resolve(header.getValue())));
                if (answer.has("content")) {
                    examples.content(where, answer.path("content"));
                }
            });
        }
        return examples;
    }

    private void text(String where, JsonNode described) {
        JsonNode schema = described.path("schema");
        List<JsonNode> values = new ArrayList<>();
        if (described.has("example")) {
            values.add(described.path("example"));
        }
        schema.path("examples").forEach(values::add);
        note(where, values.isEmpty());
        for (JsonNode value : values) {
            check(where, document.textErrors(schema, value.asString()));
        }
    }

    private void content(String where, JsonNode content) {
        for (Map.Entry<String, JsonNode> media : content.properties()) {
            JsonNode schema = media.getValue().path("schema");
            List<JsonNode> values = new ArrayList<>();
            if (media.getValue().has("example")) {
                values.add(media.getValue().path("example"));
            }
            for (JsonNode named : media.getValue().path("examples")) {
                values.add(document.resolve(named).path("value"));
            }
            note(where + ' ' + media.getKey(), values.isEmpty());
            for (JsonNode value : values) {
                check(where + ' ' + media.getKey(), document.errors(schema, value));
            }
        }
    }

    private void note(String where, boolean none) {
        if (none) {
            missing.add(where);
        }
    }

    private void check(String where, List<String> errors) {
        count++;
        errors.forEach(error -> wrong.add(where + ": " + error));
    }

    /** What is wrong, and where. */
    List<String> wrong() {
        return wrong;
    }

    /** What has no example. */
    List<String> missing() {
        return missing;
    }

    int count() {
        return count;
    }
}
