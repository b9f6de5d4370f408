package dev.ludo.server.api;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.json.LudoJson;
import dev.ludo.server.api.Route.Access;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.guard.WhoActs.Demand;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the proxy says of itself: the OpenAPI document, and a page to read it with that loads nothing from elsewhere. */
final class Docs {
    private static final String HERE = "dev/ludo/server/api/";
    private static final String SWAGGER_UI = "META-INF/resources/openapi-ui/";

    // Swagger UI has its icons as data: in its styles, and calls the proxy to try it out.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final StaticFile DOCUMENT = new StaticFile(HERE + "openapi.yaml", "application/yaml");
    private static final StaticFile PAGE = new StaticFile(HERE + "docs.html", "text/html; charset=utf-8");
    private static final Map<String, StaticFile> FILES = Map.of(
            "docs.js", new StaticFile(HERE + "docs.js", "text/javascript; charset=utf-8"),
            "swagger-ui.css", new StaticFile(SWAGGER_UI + "swagger-ui.css", "text/css; charset=utf-8"),
            "swagger-ui-bundle.js",
                    new StaticFile(SWAGGER_UI + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"));

    private Docs() {}

    static List<Route> routes() {
        return List.of(
                new Route("GET", "/openapi", Demand.NONE, Access.OPEN, Docs::document),
                new Route("GET", "/docs", Demand.NONE, Access.OPEN, Docs::page),
                new Route("GET", "/docs/{file}", Demand.NONE, Access.OPEN, Docs::file));
    }

    private static Reply document(Exchange exchange) {
        Reply reply = exchange.prefers(MediaTypes.APPLICATION_JSON, MediaTypes.APPLICATION_YAML)
                ? EntityTag.reply(exchange, AsJson.TAG, () -> Reply.json(200, AsJson.BYTES))
                        .with(HeaderNames.CACHE_CONTROL, "no-cache")
                : DOCUMENT.reply(exchange);
        return reply.with(HeaderNames.VARY, "Origin, Accept");
    }

    private static Reply page(Exchange exchange) {
        return PAGE.reply(exchange).with("Content-Security-Policy", POLICY);
    }

    private static Reply file(Exchange exchange) {
        StaticFile file = FILES.get(exchange.pathValue("file", name -> name));
        if (file == null) {
            throw Refusal.of(ErrorCode.NOT_FOUND, "There is no such file.");
        }
        return file.reply(exchange);
    }

    /** The document in the other notation; made and kept once somebody asks for it. */
    private static final class AsJson {
        static final byte[] BYTES = LudoJson.write(tree()).getBytes(StandardCharsets.UTF_8);
        static final String TAG = EntityTag.of(BYTES);

        private static Object tree() {
            try (InputStream in = DOCUMENT.open()) {
                return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("the document cannot be read", e);
            }
        }
    }
}
