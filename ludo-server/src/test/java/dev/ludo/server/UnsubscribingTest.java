package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.LudoClient;
import dev.ludo.server.Program.Ended;
import dev.ludo.server.webhook.Subscriptions;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator ends the subscription by a command, and learns what became of it. */
class UnsubscribingTest {
    @TempDir
    Path folder;

    @Test
    void theSubscriptionEndsOnceTheApiHasEndedIt() throws Exception {
        try (FakeLudo api = FakeLudo.start();
                LudoClient client = LudoClient.builder()
                        .baseUri(api.baseUri())
                        .apiKey(api.apiKey().reveal())
                        .build()) {
            ServerConfig config = ProxyTest.config(api);
            assertThat(Unsubscribing.run(config, folder), is("there is no subscription in " + folder));
            new Subscriptions(folder, client)
                    .subscribe(URI.create("https://play.example.com/webhooks/ludo"), secret -> {});
            api.faults().add(FaultRule.before(Fault.status(403)).on(FaultMatch.call("DELETE", "/v1/webhooks/*")));
            NotDoneException refused = assertThrows(NotDoneException.class, () -> Unsubscribing.run(config, folder));
            assertThat(String.valueOf(refused.getMessage()), containsString("has not ended the subscription"));
            assertThat(Files.exists(folder.resolve("subscription.json")), is(true));
            Map<String, String> settings = Map.of(
                    "LUDO_API_BASE_URL", api.baseUri().toString(),
                    "LUDO_API_KEY", api.apiKey().reveal(),
                    "LUDO_DATA_DIR", folder.toString());
            try (Program program = Program.start(folder, Main.class, settings, "worker", "unsubscribe")) {
                Ended ended = program.ended();
                assertThat(ended.err(), ended.exitCode(), is(0));
                assertThat(ended.out(), is("the API delivers no longer to https://play.example.com/webhooks/ludo"));
            }
            assertThat(Files.exists(folder.resolve("subscription.json")), is(false));
            assertThat(client.webhooks().list().isEmpty(), is(true));
        }
    }
}
