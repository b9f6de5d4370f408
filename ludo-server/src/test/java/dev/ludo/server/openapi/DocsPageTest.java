package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.core.model.Secret;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page that shows the document: it works without any other host, and may do nothing else. */
class DocsPageTest {
    private StubUpstream api;
    private LudoServer proxy;
    private Wire wire;

    @BeforeEach
    void start() throws IOException {
        api = new StubUpstream();
        proxy = LudoServer.start(ProxyTest.config(api.uri()).withProxyTokens(Secret.of("good")));
        wire = new Wire(proxy.uri());
    }

    @AfterEach
    void stop() {
        wire.close();
        proxy.close();
        api.close();
    }

    @Test
    void itMayLoadAndCallThisHostAlone() {
        Answer page = wire.get("/docs");
        assertThat(page.header("Content-Type"), is(Optional.of("text/html; charset=utf-8")));
        assertThat(page.header("X-Content-Type-Options"), is(Optional.of("nosniff")));
        assertThat(page.header("X-Frame-Options"), is(Optional.of("DENY")));
        assertThat(page.header("Referrer-Policy"), is(Optional.of("no-referrer")));
        Map<String, String> policy = new TreeMap<>();
        for (String directive :
                page.header("Content-Security-Policy").orElseThrow().split(";", -1)) {
            String[] words = directive.strip().split(" ", 2);
            policy.put(words[0], words[1]);
        }
        assertThat(
                policy,
                is(Map.of(
                        "default-src", "'none'",
                        "script-src", "'self'",
                        "style-src", "'self'",
                        "img-src", "'self' data:",
                        "connect-src", "'self'",
                        "base-uri", "'none'",
                        "form-action", "'none'",
                        "frame-ancestors", "'none'")));
    }

    @Test
    void allThatItLoadsIsServedHereToEverybody() {
        String page = wire.get("/docs").text();
        assertThat(page, not(containsString("//")));
        assertThat(page, not(containsString("<style")));
        List<String> loaded = new ArrayList<>();
        Matcher links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page);
        while (links.find()) {
            if (!links.group(1).equals("data:,")) {
                loaded.add(links.group(1));
            }
        }
        assertThat(loaded, is(List.of("docs/swagger-ui.css", "openapi", "docs/swagger-ui-bundle.js", "docs/docs.js")));
        for (String file : loaded) {
            Answer answer = wire.get("/" + file);
            assertThat(file, answer.status(), is(200));
            assertThat(file, answer.text().length(), greaterThan(100));
            assertThat(
                    file,
                    answer.header("Content-Length"),
                    is(Optional.of(Integer.toString(answer.http().body().length))));
        }
        // Every script of the page is one of these: the policy takes none that stands in it.
        assertThat(
                Pattern.compile("<script(?! src=\"docs/[a-z.-]+\"></script>)")
                        .matcher(page)
                        .find(),
                is(false));
        assertThat(wire.get("/docs/docs.js").text(), containsString("validatorUrl: null"));
    }

    @Test
    void aFileIsTheOneOnTheClassPathAndItsHeadSaysHowLongItIs() throws IOException {
        byte[] bundle;
        try (var in = DocsPageTest.class.getResourceAsStream("/META-INF/resources/openapi-ui/swagger-ui-bundle.js")) {
            bundle = in.readAllBytes();
        }
        Answer answer = wire.get("/docs/swagger-ui-bundle.js");
        assertThat(Arrays.equals(answer.http().body(), bundle), is(true));
        Answer head = wire.call("HEAD", "/docs/swagger-ui-bundle.js", "");
        assertThat(head.header("Content-Length"), is(Optional.of(Integer.toString(bundle.length))));
        assertThat(head.header("ETag"), is(answer.header("ETag")));
        assertThat(head.text(), is(""));
    }

    @Test
    void noOtherFileOfTheClassPathIsServed() {
        for (String path : List.of(
                "/docs/openapi.yaml",
                "/docs/..%2Fopenapi.yaml",
                "/docs/..%2f..%2fapplication.yaml",
                "/docs/%2Fapplication.yaml",
                "/docs/index.html",
                "/docs/swagger-ui.css/",
                "/docs/")) {
            assertThat(path, wire.get(path, "Authorization", "Bearer good").status(), is(404));
        }
    }
}
