package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.json.WebhookCodec;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameStatus;
import dev.ludo.core.model.GameSummary;
import dev.ludo.core.model.GameSummary.Seat;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.webhook.WebhookEvent.GameEnded;
import dev.ludo.core.webhook.WebhookEvent.GameStarted;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Await;
import dev.ludo.server.inbox.FileInbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An inbox with a worker, and the services that it passes events on to. */
abstract class WorkerTest {
    static final Secret SECRET = WebhookSigner.newSecret(new Random(7));

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    protected final WorkerTime time = new WorkerTime();
    protected FileInbox inbox;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void openInbox() throws IOException {
        inbox = FileInbox.open(folder, Duration.ofDays(7), () -> Worker.firstUnread(folder), Clock.systemUTC());
        open.add(inbox);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    TargetServer target() throws IOException {
        TargetServer target = new TargetServer(SECRET, time.clock());
        open.add(target);
        return target;
    }

    Worker worker(URI... targets) throws IOException {
        return worker(time.pace(), targets);
    }

    Worker worker(Pace pace, URI... targets) throws IOException {
        Worker worker = Worker.start(
                new WorkerConfig(folder, Duration.ofDays(30), List.of(targets), Optional.of(SECRET)), pace);
        open.add(worker);
        return worker;
    }

    /** Has an event of a room accepted. */
    void acceptStart(String id, String room) {
        accept(id, WebhookCodec.write(new GameStarted(THEN, game("gam_" + id, room, GameStatus.PLAYING))));
    }

    /** Has the end of a game accepted. */
    void acceptEnd(String id, String gameId, String room, String... ranking) {
        List<PlayerId> players = List.of(ranking).stream().map(PlayerId::of).toList();
        accept(id, WebhookCodec.write(new GameEnded(THEN, game(gameId, room, GameStatus.ENDED, ranking), players)));
    }

    /** Asks the worker to forget a player, and waits until its answer begins in this way. */
    void forget(String player, String answer) throws Exception {
        awaitAnswer(Requests.leave(folder, "forget-player " + player), answer + ";");
    }

    /** Waits until the answer to a request begins in this way. */
    static void awaitAnswer(Path file, String beginning) throws Exception {
        Await.until(
                "it is done",
                () -> Requests.answer(file)
                        .filter(said -> said.sentence().startsWith(beginning))
                        .isPresent());
    }

    void accept(String id, String body) {
        inbox.accept(id, body.getBytes(UTF_8));
    }

    private static GameSummary game(String gameId, String room, GameStatus status, String... ranking) {
        List<Seat> seats = new ArrayList<>();
        for (String player : ranking) {
            seats.add(new Seat(
                    PlayerId.of(player),
                    "Name of " + player,
                    seats.isEmpty() ? Color.RED : Color.YELLOW,
                    OptionalInt.empty()));
        }
        return new GameSummary(
                GameId.of(gameId),
                RoomCode.of(room),
                GameMode.CLASSIC,
                status,
                seats,
                seats.isEmpty()
                        ? Optional.empty()
                        : Optional.of(seats.getFirst().playerId()),
                Optional.of(THEN),
                Optional.empty());
    }
}
