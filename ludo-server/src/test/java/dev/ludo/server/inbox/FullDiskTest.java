package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Await;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.Sender;
import dev.ludo.server.Wire;
import dev.ludo.server.Wire.Answer;
import dev.ludo.server.webhook.WebhookConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full: what does not fit is refused, what was accepted stays, and it goes on when there is room. */
class FullDiskTest {
    private static final Secret SECRET = WebhookSigner.newSecret(new Random(1));

    @TempDir
    Path temporary;

    private Path disk;
    private boolean mounted;
    private final List<String> accepted = new ArrayList<>();

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temporary.resolve("disk"));
        mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        assumeTrue(mounted, "a small file system can be mounted, which root alone may");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(succeeds("umount", disk.toString()), is(true));
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    private LudoServer proxy() {
        URI nobody = URI.create("http://127.0.0.1:9/v1");
        return LudoServer.start(ProxyTest.config(nobody)
                .withWebhooks(new WebhookConfig(List.of(SECRET), Optional.empty(), disk, WebhookConfig.KEPT)));
    }

    private static Answer deliver(Wire wire, String id) {
        String body = "{\"id\":\"" + id + "\",\"x\":\"" + "y".repeat(20_000) + "\"}";
        return Sender.deliver(wire, SECRET, id, body);
    }

    private List<String> kept() throws IOException {
        return Kept.in(disk).stream().map(InboxEntry::id).toList();
    }

    private int files() throws IOException {
        return Segment.in(disk).size();
    }

    @Test
    void whereThereIsLittleRoomAPlayerIsForgottenLaterAndWhatComesIsTaken() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        byte[] body = ("{\"player\":\"plr_ann\",\"x\":\"" + "y".repeat(20_000) + "\"}").getBytes(UTF_8);
        try (FileInbox inbox =
                FileInbox.open(disk, WebhookConfig.KEPT, () -> 1 + looks.incrementAndGet(), Clock.systemUTC())) {
            for (int i = 0; i < 5; i++) {
                inbox.accept("msg_" + i, body);
            }
            ForgetRequest.leave(disk, PlayerId.of("plr_ann"));
            Await.until("the next file begins", () -> files() == 2);
            int before = looks.get();
            Await.until("it was tried", () -> looks.get() > before + 2);
            assertThat(inbox.forgetting(), is(1));
            assertThat(inbox.accept("msg_5", body), is(WebhookInbox.Outcome.ACCEPTED));
            assertThat(succeeds("mount", "-o", "remount,size=1m", disk.toString()), is(true));
            Await.until("it is done", () -> ForgetRequest.in(disk).requests().isEmpty());
        }
        List<InboxEntry> all = Kept.in(disk);
        assertThat(
                all.stream().map(InboxEntry::isForgotten).toList(), is(List.of(true, true, true, true, true, false)));
    }

    @Test
    void whatDoesNotFitIsRefusedAndWhatWasAcceptedStays() throws Exception {
        String refused = "";
        try (LudoServer proxy = proxy();
                Wire wire = new Wire(proxy.uri())) {
            for (int i = 0; refused.isEmpty(); i++) {
                assertThat("it fills", i, lessThan(100));
                Answer answer = deliver(wire, "msg_" + i);
                if (answer.status() == 204) {
                    accepted.add("msg_" + i);
                } else {
                    assertThat(answer.status() + " " + answer.code(), is("503 UNAVAILABLE"));
                    assertThat(answer.header("Retry-After"), is(Optional.of("5")));
                    refused = "msg_" + i;
                }
            }
            assertThat(accepted.size(), greaterThan(5));
            int files = files();
            for (int again = 0; again < 20; again++) {
                assertThat(deliver(wire, refused).status(), is(503));
            }
            assertThat("attempts leave little behind", files(), lessThan(files + 3));
            assertThat(
                    "what is there is known", deliver(wire, accepted.getFirst()).status(), is(204));
            assertThat(kept(), is(accepted));

            assertThat(succeeds("mount", "-o", "remount,size=1m", disk.toString()), is(true));
            assertThat("without a restart", deliver(wire, refused).status(), is(204));
            accepted.add(refused);
        }
        try (LudoServer proxy = proxy();
                Wire wire = new Wire(proxy.uri())) {
            for (String id : accepted) {
                assertThat(deliver(wire, id).status(), is(204));
            }
            assertThat(deliver(wire, "msg_next").status(), is(204));
        }
        accepted.add("msg_next");
        assertThat(kept(), is(accepted));
    }
}
