package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.PlayerId;
import dev.ludo.server.Await;
import dev.ludo.server.inbox.WebhookInbox.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it accepts: nothing that it called accepted is missing. */
class KilledInboxTest {
    private static final long SEED = 20260101;
    private static final int LIVES = Boolean.getBoolean("ludo.soak") ? 20 : 2;

    @TempDir
    Path folder;

    @Test
    void whatWasAcceptedSurvivesSigkillEachIdOnce() throws IOException, InterruptedException {
        Random random = new Random(SEED);
        Set<String> accepted = new HashSet<>();
        for (int life = 0; life < LIVES; life++) {
            acceptUntilKilled("life" + life, 200 + random.nextInt(2_000), accepted);
        }
        List<String> kept = Kept.in(folder).stream().map(InboxEntry::id).toList();
        assertThat("each id once, seed " + SEED, kept.size(), is(new HashSet<>(kept).size()));
        Set<String> missing = new HashSet<>(accepted);
        kept.forEach(missing::remove);
        assertThat("missing, seed " + SEED, missing, is(Set.of()));
    }

    @Test
    void whoeverIsForgottenWhileItIsKilledIsSoOnceItRunsAgainAndNothingElseIs() throws Exception {
        Random random = new Random(SEED);
        Set<String> accepted = new HashSet<>();
        for (int life = 0; life < LIVES / 2; life++) {
            acceptUntilKilled("life" + life, 1_000 + random.nextInt(2_000), accepted);
            // The next life begins with it while it accepts.
            ForgetRequest.leave(folder, PlayerId.of("plr_" + life % 2));
        }
        acceptUntilKilled("last", 500, accepted);
        ForgetRequest.leave(folder, PlayerId.of("plr_0"));
        Journal.Limits limits =
                new Journal.Limits(64 * 1024, 100, FileInbox.IDS_KEPT, () -> Long.MAX_VALUE, Duration.ofHours(1));
        try (FileInbox inbox = FileInbox.open(folder, limits, Clock.systemUTC())) {
            Await.until(
                    "all are forgotten",
                    () -> inbox.forgetting() == 0
                            && ForgetRequest.in(folder).requests().isEmpty());
            for (String id : accepted) {
                assertThat(inbox.accept(id, AcceptingProgram.body(id)), is(Outcome.REPEATED));
            }
        }
        List<String> wrong = new ArrayList<>();
        Set<String> missing = new HashSet<>(accepted);
        for (InboxEntry entry : Kept.in(folder)) {
            missing.remove(entry.id());
            byte[] body = AcceptingProgram.body(entry.id());
            String text = new String(body, UTF_8);
            boolean isAsItCame = Arrays.equals(entry.body(), body);
            boolean mayBeForgotten = text.contains("plr_0") || text.contains("plr_1");
            if (text.contains("plr_0")
                    ? !entry.isForgotten()
                    : !isAsItCame && !(mayBeForgotten && entry.isForgotten())) {
                wrong.add(entry.id());
            }
        }
        assertThat("wrong, seed " + SEED, wrong, is(List.of()));
        assertThat("missing, seed " + SEED, missing, is(Set.of()));
    }

    private void acceptUntilKilled(String name, int atLeast, Set<String> accepted)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AcceptingProgram.class.getName(),
                        folder.toString(),
                        name,
                        "8")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < atLeast; i++) {
                accepted.add(line(out));
            }
            process.toHandle().destroyForcibly(); // which leaves what it said to be read
            // What it had said before it ended; the last line may be cut.
            String before = out.readLine();
            for (String last = before; last != null; last = out.readLine()) {
                if (before != null && !before.equals(last)) {
                    accepted.add(before);
                }
                before = last;
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private static String line(BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError("it ended by itself");
        }
        return line;
    }
}
