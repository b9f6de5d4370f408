package dev.ludo.server.openapi;

import dev.ludo.server.RawCaller;
import dev.ludo.server.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;

/** Calls a proxy, holds every answer to the document, and remembers which answers there were. Thread-safe. */
final class DocumentedCalls {
    // Said once for all answers, or a matter of HTTP alone.
    private static final Set<String> EVERYWHERE = Set.of(
            "connection",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "referrer-policy",
            "vary",
            "x-content-type-options",
            "x-frame-options");

    /** An answer, however it came. */
    record Seen(int status, Map<String, String> headers, String body) {
        static Seen of(Wire.Answer answer) {
            Map<String, String> headers = new TreeMap<>();
            answer.http()
                    .headers()
                    .map()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            return new Seen(answer.status(), headers, answer.text());
        }

        static Seen of(RawCaller.Answer answer) {
            Map<String, String> headers = new TreeMap<>();
            answer.head().lines().skip(1).filter(line -> line.contains(":")).forEach(line -> {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            });
            return new Seen(answer.status(), headers, answer.body());
        }
    }

    private final OpenApiDocument document;
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    DocumentedCalls(OpenApiDocument document) {
        this.document = document;
    }

    OpenApiDocument document() {
        return document;
    }

    /** Calls an operation, and wants an answer that is documented. */
    Wire.Answer call(Wire wire, String operation, String path, String body, String... headers) {
        Wire.Answer answer = wire.call(operation.substring(0, operation.indexOf(' ')), path, body, headers);
        check(operation, Seen.of(answer));
        return answer;
    }

    /** Holds an answer to the document. */
    void check(String operation, Seen answer) {
        String where = operation + ' ' + answer.status();
        JsonNode documented = document.answers(operation).get(answer.status());
        if (documented == null) {
            throw new AssertionError(where + " is not documented: " + answer);
        }
        List<String> wrong = new ArrayList<>(headers(documented, answer));
        JsonNode content = documented.path("content");
        String code = "";
        if (content.isMissingNode()) {
            if (!answer.body().isEmpty()) {
                wrong.add("there is a body");
            }
        } else {
            String type = answer.headers().getOrDefault("content-type", "").replaceFirst(";.*", "");
            if (content.has(type)) {
                wrong.addAll(document.errors(content.path(type).path("schema"), type, answer.body()));
            } else {
                wrong.add("the content type is not documented");
            }
            Set<String> codes = document.codes(documented);
            if (!codes.isEmpty()) {
                code = code(answer.body());
                if (!codes.contains(code)) {
                    wrong.add("the code has no example");
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(where + ": " + wrong + " of " + answer);
        }
        seen.add(code.isEmpty() ? where : where + ' ' + code);
    }

    private List<String> headers(JsonNode documented, Seen answer) {
        List<String> wrong = new ArrayList<>();
        Set<String> left = new TreeSet<>(answer.headers().keySet());
        left.removeAll(EVERYWHERE);
        if ("no-store".equals(answer.headers().get("cache-control"))) {
            left.remove("cache-control");
        }
        for (Map.Entry<String, JsonNode> header : documented.path("headers").properties()) {
            JsonNode described = document.resolve(header.getValue());
            String value = answer.headers().get(header.getKey().toLowerCase(Locale.ROOT));
            if (value != null) {
                document.textErrors(described.path("schema"), value)
                        .forEach(error -> wrong.add(header.getKey() + ' ' + error));
            } else if (described.path("required").asBoolean(false)) {
                wrong.add("without " + header.getKey());
            }
            left.remove(header.getKey().toLowerCase(Locale.ROOT));
        }
        left.forEach(name -> wrong.add("the header " + name + " is not documented"));
        return wrong;
    }

    private static String code(String body) {
        return dev.ludo.core.json.LudoJson.parseObject(body.getBytes(StandardCharsets.UTF_8), 1 << 20)
                .getString("code", "");
    }

    /** The answers that the document has and nobody gave; but for failures of the proxy's own, which nobody can cause. */
    Set<String> neverSeen() {
        Set<String> all = new TreeSet<>();
        for (String operation : document.operations()) {
            document.answers(operation).forEach((status, answer) -> {
                Set<String> codes = document.codes(answer);
                if (codes.isEmpty()) {
                    all.add(operation + ' ' + status);
                }
                codes.forEach(code -> all.add(operation + ' ' + status + ' ' + code));
            });
        }
        all.removeIf(answer -> answer.endsWith(" 500 INTERNAL"));
        all.removeAll(seen);
        return all;
    }
}
