package dev.ludo.server;

import dev.ludo.core.model.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/**
 * Whether a proxy with these settings serves on this machine: it is started on a free port before an API of a few lines, asked
 * what it serves, and ended. The real API and the folder for data are left alone.
 *
 * <p>The image's start-up cache is made of one such run, so what a proxy does first is done here too.
 */
final class SelfCheck {
    private static final Secret TOKEN = Secret.of("self-check");
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();

    private SelfCheck() {}

    /**
     * Runs the check.
     *
     * @param config what {@code serve} would be told
     * @throws IllegalStateException if an answer is not what it should be
     * @throws UncheckedIOException if there is no answer
     */
    static void run(ServerConfig config) {
        WebServer api = WebServer.builder()
                .host("127.0.0.1")
                .shutdownHook(false)
                .routing(routing -> routing.any(
                        "/v1/rooms",
                        (request, response) -> response.header(HeaderNames.CONTENT_TYPE, "application/json")
                                .send("{\"success\":true,\"data\":[]}")))
                .build()
                .start();
        ServerConfig alone = config.withApi(URI.create("http://127.0.0.1:" + api.port() + "/v1"), TOKEN)
                .withAddress("127.0.0.1", 0)
                .withAdminPort(0)
                .withoutWebhooks()
                .withProxyTokens(TOKEN)
                .withDrain(Duration.ofSeconds(1));
        try (LudoServer server = LudoServer.start(alone)) {
            String front = "http://127.0.0.1:" + server.port();
            expect(200, front + "/health");
            expect(200, front + "/health/ready");
            expect(200, front + "/rooms");
            expect(200, front + "/rooms");
            expect(404, front + "/nowhere");
            expect(200, front + "/openapi");
            expect(200, "http://127.0.0.1:" + server.adminPort() + "/metrics");
        } finally {
            api.stop();
        }
    }

    private static void expect(int status, String uri) {
        try {
            HttpURLConnection call = (HttpURLConnection) URI.create(uri).toURL().openConnection(Proxy.NO_PROXY);
            call.setConnectTimeout(PATIENCE_MILLIS);
            call.setReadTimeout(PATIENCE_MILLIS);
            call.setRequestProperty("Authorization", "Bearer " + TOKEN.reveal());
            int answered = call.getResponseCode();
            if (answered != status) {
                throw new IllegalStateException(uri + " was answered with " + answered + " and not " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(uri + " was not answered", e);
        }
    }
}
