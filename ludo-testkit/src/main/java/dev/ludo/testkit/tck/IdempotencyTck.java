package dev.ludo.testkit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.RollResult;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** What {@code Idempotency-Key} promises. Section 1 of the contract. */
public abstract class IdempotencyTck extends TckSuite {
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final String BODY = "{\"maxPlayers\":2}";

    /** For subclasses. */
    protected IdempotencyTck() {}

    private static String freshKey() {
        return "tck-" + UUID.randomUUID();
    }

    private Reply open(String key, String body) {
        return http().post("/rooms", body, Http.IDEMPOTENCY, key);
    }

    @TckCase("1: Idempotency, replay")
    void theSameKeyAndBodyAreAnsweredAsBefore() {
        String key = freshKey();
        Reply first = open(key, BODY);
        Reply again = open(key, BODY);
        assertEquals(first.data(201), again.data(201), "the second answer must be the first one");
        assertEquals(Optional.empty(), first.header(REPLAYED), "the first answer is no replay");
        assertEquals(Optional.of("true"), again.header(REPLAYED), REPLAYED);
    }

    @TckCase("1: Idempotency, conflict")
    void theSameKeyWithAnotherBodyIsAConflict() {
        String key = freshKey();
        open(key, BODY).data(201);
        open(key, "{\"maxPlayers\":3}").failure(409, "IDEMPOTENCY_CONFLICT");
        open(key, BODY).data(201);
    }

    @TckCase("1: Idempotency, scope")
    void theSameKeyOnAnotherPathIsAnotherCall() {
        String key = freshKey();
        open(key, BODY).data(201);
        http().post("/players", "{\"playerName\":\"Ann\"}", Http.IDEMPOTENCY, key)
                .data(201);
    }

    @TckCase("1: Idempotency, form of the key")
    void aKeyHas1To255PrintableCharacters() {
        open("k".repeat(256), BODY).failure(422, "VALIDATION_FAILED");
        open((freshKey() + "~".repeat(255)).substring(0, 255), BODY).data(201);
    }

    @TckCase("1: Idempotency, a repeat while the first still runs")
    void manyAtOnceDoItOnce() throws Exception {
        String key = freshKey();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> codes = threads
                    .invokeAll(IntStream.range(0, 8)
                            .<Callable<String>>mapToObj(
                                    i -> () -> open(key, BODY).data(201).text("code"))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .distinct()
                    .toList();
            assertEquals(1, codes.size(), "eight calls with one key must open one room, they opened " + codes);
        }
    }

    @TckCase("1: Idempotency, on any POST")
    void aRollWithTheSameKeyIsRolledOnce() {
        Table table = playing(2, GameMode.CLASSIC);
        GameState start = table.state();
        String[] headers = table.toAct(start).proof(Http.IDEMPOTENCY, freshKey());
        RollResult first = table.tryRoll(start, headers).as(200, RollResult.class);
        RollResult again = table.tryRoll(start, headers).as(200, RollResult.class);
        assertEquals(first, again, "the second answer must be the first one");
        assertEquals(first.state().seq(), table.state().seq(), "the game must have gone on by one roll");
    }
}
