package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.worker.WorkerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings say about the worker. */
class WorkerSettingsTest {
    private static final Secret SECRET = WebhookSigner.newSecret(new Random(5));
    private static final Map<String, String> PROXY =
            Map.of("LUDO_API_KEY", "k", "LUDO_PUBLIC_URL", "https://a.example");

    private static ServerSettings settings(Map<String, String> environment) {
        return ServerSettings.load(environment, Path.of("no such folder"), warning -> {});
    }

    private static Map<String, String> with(Map<String, String> some, String... more) {
        Map<String, String> all = new HashMap<>(some);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static ServerConfig serve(Map<String, String> environment) {
        return settings(environment).serve(Optional.empty());
    }

    /** A worker that is told nothing. */
    static WorkerConfig usual() {
        return settings(Map.of()).worker();
    }

    @Test
    void aWorkerNeedsNothingToBeSet() {
        assertThat(
                usual(), is(new WorkerConfig(Path.of("ludo-data"), Duration.ofDays(30), List.of(), Optional.empty())));
        ServerConfig listening = settings(Map.of()).listening(Optional.empty());
        assertThat(listening.host() + ' ' + listening.port(), is("0.0.0.0 8082"));
        assertThat(settings(Map.of()).listening(Optional.of(7)).port(), is(7));
    }

    @Test
    void allOfItCanBeSet() {
        WorkerConfig config = settings(Map.of(
                        "LUDO_DATA_DIR", "/var/ludo",
                        "LUDO_ARCHIVE_DAYS", "7",
                        "LUDO_FORWARD_URLS",
                                "https://a.example/x?key=1, http://localhost:9/y,,https://a.example/x?key=1",
                        "LUDO_FORWARD_SECRET", SECRET.reveal()))
                .worker();
        assertThat(
                config,
                is(new WorkerConfig(
                        Path.of("/var/ludo"),
                        Duration.ofDays(7),
                        List.of(URI.create("https://a.example/x?key=1"), URI.create("http://localhost:9/y")),
                        Optional.of(SECRET))));
    }

    @Test
    void theRoleSaysWhoWorks() {
        assertThat(settings(PROXY).role(), is(Role.API));
        assertThat(serve(with(PROXY, "LUDO_ROLE", "api")).worker(), is(Optional.empty()));
        assertThat(serve(with(PROXY, "LUDO_ROLE", "all")).worker(), is(Optional.of(usual())));
        assertThat(settings(Map.of("LUDO_ROLE", "worker")).role(), is(Role.WORKER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LUDO_ROLE          | both                       | LUDO_ROLE must be one of api, worker, all",
                "LUDO_FORWARD_URLS  | https://a.example/         | LUDO_FORWARD_SECRET is not set",
                "LUDO_FORWARD_URLS  | http://a.example/          | LUDO_FORWARD_URLS must be https",
                "LUDO_FORWARD_URLS  | https://ann:canary@a.b/    | LUDO_FORWARD_URLS must be https",
                "LUDO_FORWARD_URLS  | https://a.b/#x             | LUDO_FORWARD_URLS must be https",
                "LUDO_FORWARD_URLS  | nowhere                    | LUDO_FORWARD_URLS must be https",
                "LUDO_FORWARD_SECRET| canary_and_more_of_it      | LUDO_FORWARD_SECRET must be a whsec_ secret",
                "LUDO_ARCHIVE_DAYS  | 0                          | LUDO_ARCHIVE_DAYS must be a whole number from 1"
            })
    void aBadOneIsNamedAndNotShown(String name, String value, String sentence) {
        Map<String, String> bad = with(PROXY, "LUDO_ROLE", "all", name, value);
        BadSettingException refused = assertThrows(BadSettingException.class, () -> {
            ServerSettings settings = settings(bad);
            settings.role();
            settings.worker();
        });
        assertThat(refused.getMessage(), containsString(sentence));
        assertThat(refused.getMessage(), not(containsString("canary")));
    }

    @Test
    void allWithoutWebhooksIsRefused() {
        BadSettingException refused =
                assertThrows(BadSettingException.class, () -> serve(Map.of("LUDO_API_KEY", "k", "LUDO_ROLE", "all")));
        assertThat(refused.getMessage(), containsString("LUDO_WEBHOOK_SECRETS"));
    }
}
