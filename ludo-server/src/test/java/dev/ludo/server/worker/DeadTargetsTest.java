package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Await;
import dev.ludo.server.Main;
import dev.ludo.server.Program;
import dev.ludo.server.Program.Ended;
import dev.ludo.server.Wire;
import dev.ludo.server.inbox.FileInbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker, as a process with a small heap, some targets of which are down while more comes for them than it could hold. */
class DeadTargetsTest {
    private static final boolean WHOLE = Boolean.getBoolean("ludo.soak");
    private static final int HEAP = WHOLE ? 128 : 28;
    private static final int ROOMS = WHOLE ? 20_000 : 600;
    private static final int BODY = WHOLE ? 2_000 : 40_000;
    private static final int DEAD = WHOLE ? 3 : 1;
    private static final int PATIENCE = 120;

    @TempDir
    Path folder;

    private final Secret secret = WebhookSigner.newSecret(new Random(11));
    private final AtomicInteger taken = new AtomicInteger();

    // Each of a room of its own; many at once, so that one sync does for them.
    private void accept() throws Exception {
        try (FileInbox inbox = FileInbox.open(folder.resolve("data"), Duration.ofDays(7), () -> 0L, Clock.systemUTC());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                senders.add(threads.submit(() -> {
                    for (int at = next.getAndIncrement(); at < ROOMS; at = next.getAndIncrement()) {
                        inbox.accept("msg_" + at, body(at));
                    }
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        }
    }

    private static byte[] body(int room) {
        String filler = "x".repeat(BODY);
        return ("{\"type\":\"room.moved\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"data\":{\"roomCode\":\"ROOM" + room
                        + "\",\"filler\":\"" + filler + "\"}}")
                .getBytes(UTF_8);
    }

    private Map<String, String> settings(List<URI> targets) {
        return Map.of(
                "LUDO_HOST",
                "127.0.0.1",
                "LUDO_DATA_DIR",
                folder.resolve("data").toString(),
                "LUDO_FORWARD_URLS",
                targets.stream().map(URI::toString).collect(Collectors.joining(",")),
                "LUDO_FORWARD_SECRET",
                secret.reveal());
    }

    private static List<String> metrics(Wire wire, String name) {
        return wire.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .toList();
    }

    @Test
    void targetsThatAreDownTakeLittleMemoryAndNothingFromAnother() throws Exception {
        List<URI> targets = new ArrayList<>();
        for (int i = 0; i < DEAD; i++) {
            try (TargetServer gone = new TargetServer(secret, Clock.systemUTC())) {
                targets.add(URI.create(gone.uri() + "/" + i));
            }
        }
        accept();
        try (TargetServer well = new TargetServer(secret, Clock.systemUTC())) {
            well.answer(arrival -> {
                taken.incrementAndGet();
                return 204;
            });
            targets.add(well.uri());
            try (Program program =
                    Program.start(folder, HEAP, Main.class, settings(targets), "worker", "--port", "0")) {
                String line = program.readLine();
                try (Wire wire = new Wire(URI.create(line.substring(line.indexOf("http"))))) {
                    Await.until("the one that is well has all", PATIENCE, () -> taken.get() == ROOMS);
                    Await.until(
                            "the others have something open",
                            PATIENCE,
                            () -> metrics(wire, "ludo_forward_depth{").stream()
                                            .filter(gauge -> !gauge.endsWith(" 0.0"))
                                            .count()
                                    == DEAD);
                    assertThat(wire.get("/health/ready").status(), is(200));
                }
                program.terminate();
                Ended ended = program.ended();
                assertThat(ended.err(), not(containsString("OutOfMemoryError")));
                assertThat(ended.err(), ended.exitCode(), is(0));
            }
        }
    }
}
