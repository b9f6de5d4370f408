package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The document by itself: it names what is served, and all that it shows is as it says. */
class OpenApiTest {
    private StubUpstream api;
    private LudoServer proxy;
    private Wire wire;
    private OpenApiDocument document;

    @BeforeEach
    void start() throws IOException {
        api = new StubUpstream();
        proxy = LudoServer.start(ProxyTest.config(api.uri()));
        wire = new Wire(proxy.uri());
        document = OpenApiDocument.of(wire);
    }

    @AfterEach
    void stop() {
        wire.close();
        proxy.close();
        api.close();
    }

    @Test
    void itNamesWhatIsServedAndNothingElse() {
        assertThat(document.operations(), is(new TreeSet<>(proxy.routes())));
        assertThat(document.operations().size(), greaterThan(20));
    }

    @Test
    void itComesInEitherNotationWithATag() {
        Answer yaml = wire.get("/openapi");
        Answer json = wire.get("/openapi", "Accept", "application/json");
        assertThat(yaml.header("Content-Type"), is(Optional.of("application/yaml")));
        assertThat(json.header("Content-Type"), is(Optional.of("application/json")));
        assertThat(new YAMLMapper().readTree(yaml.text()), is(new JsonMapper().readTree(json.text())));
        for (String accept :
                List.of("application/json, text/html;q=0.5", "application/json;q=0.9, application/yaml;q=0.1")) {
            assertThat(accept, wire.get("/openapi", "Accept", accept).text(), is(json.text()));
        }
        for (String accept :
                List.of("*/*", "text/html", "application/yaml, application/json;q=0.5", "no media type", "")) {
            assertThat(accept, wire.get("/openapi", "Accept", accept).text(), is(yaml.text()));
        }
        for (Answer answer : List.of(yaml, json)) {
            String type = answer.header("Content-Type").orElseThrow();
            assertThat(answer.header("Cache-Control"), is(Optional.of("no-cache")));
            assertThat(answer.header("Vary"), is(Optional.of("Origin, Accept")));
            String tag = answer.header("ETag").orElseThrow();
            Answer again = wire.get("/openapi", "Accept", type, "If-None-Match", tag);
            assertThat(again.status(), is(304));
            assertThat(again.header("ETag"), is(Optional.of(tag)));
            Answer other = wire.get("/openapi", "Accept", type, "If-None-Match", "\"another\"");
            assertThat(other.text(), is(answer.text()));
        }
        assertThat(api.asked(), is(List.of()));
    }

    @Test
    void everyOperationHasItsNameItsTopicAndWhatItIsFor() {
        Set<String> ids = new HashSet<>();
        Set<String> topics = new HashSet<>();
        document.root().path("tags").forEach(tag -> topics.add(tag.path("name").stringValue()));
        for (String name : document.operations()) {
            JsonNode operation = document.operation(name);
            assertThat(name, ids.add(operation.path("operationId").stringValue()), is(true));
            assertThat(name, operation.path("summary").stringValue().isEmpty(), is(false));
            assertThat(name, topics.contains(operation.path("tags").path(0).stringValue()), is(true));
            Set<String> inPath = new TreeSet<>();
            for (JsonNode parameter : operation.path("parameters")) {
                JsonNode resolved = document.resolve(parameter);
                if (resolved.path("in").stringValue().equals("path")) {
                    assertThat(name, resolved.path("required").booleanValue(), is(true));
                    inPath.add('{' + resolved.path("name").stringValue() + '}');
                }
            }
            Set<String> inTemplate = Arrays.stream(name.split("[ /]", -1))
                    .filter(word -> word.startsWith("{"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(name, inPath, is(inTemplate));
            for (Set<String> way : document.security(name)) {
                way.forEach(scheme -> assertThat(
                        scheme,
                        document.root()
                                .path("components")
                                .path("securitySchemes")
                                .has(scheme),
                        is(true)));
            }
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryPartIsUsed() {
        Set<String> used = new TreeSet<>();
        for (JsonNode node : document.root().findValues("$ref")) {
            String target = node.stringValue();
            document.resolve(new JsonMapper().createObjectNode().put("$ref", target));
            used.add(target.substring(target.indexOf("#/components/") + "#/components/".length()));
        }
        List<String> idle = new ArrayList<>();
        for (Map.Entry<String, JsonNode> kind :
                document.root().path("components").properties()) {
            for (String name : kind.getValue().propertyNames()) {
                if (!kind.getKey().equals("securitySchemes") && !used.contains(kind.getKey() + '/' + name)) {
                    idle.add(kind.getKey() + '/' + name);
                }
            }
        }
        assertThat(idle, is(empty()));
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        Examples examples = Examples.of(document);
        assertThat(examples.wrong(), is(empty()));
        assertThat(examples.missing(), is(empty()));
        assertThat(examples.count(), greaterThan(300));
    }

    @Test
    void everyCodeHasAnExampleUnderItsOwnStatus() {
        Set<String> shown = new TreeSet<>();
        for (String name : document.operations()) {
            document.answers(name)
                    .forEach((status, answer) -> document.codes(answer).forEach(code -> {
                        assertThat(name + ' ' + code, ErrorCode.of(code).status(), is(status));
                        shown.add(code);
                    }));
        }
        for (JsonNode anywhere : document.root().path("info").path("x-failures-anywhere")) {
            shown.add(document.resolve(anywhere).path("value").path("code").stringValue());
        }
        Set<String> known = Arrays.stream(ErrorCode.values())
                .filter(code -> code != ErrorCode.UNKNOWN)
                .map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new));
        known.add("REQUEST_TIMEOUT"); // from below routing, where the contract's table does not reach
        assertThat(shown, is(known));
        document.root().path("components").path("examples").properties().forEach(example -> {
            if (example.getValue().path("value").has("code")) {
                assertThat(example.getValue().path("value").path("code").stringValue(), is(example.getKey()));
            }
        });
    }

    @Test
    void itHasTheVersionOfTheBuild() throws IOException {
        String version = document.root().path("info").path("version").stringValue();
        assertThat(Files.readString(Path.of("../pom.xml")), containsString("<version>" + version + "</version>"));
    }
}
