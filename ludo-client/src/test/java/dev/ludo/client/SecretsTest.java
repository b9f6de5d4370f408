package dev.ludo.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.realtime.RoomConnection;
import dev.ludo.client.resilience.CircuitBreaker;
import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.Joined;
import dev.ludo.core.model.Move;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.Registration;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.GameAt;
import dev.ludo.testkit.SeatedPlayer;
import dev.ludo.testkit.Table;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultRule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing that the client tells anybody, in the log, to a listener, by an exception or a text of its values, has a secret. */
class SecretsTest {
    private static final Logger LUDO = Logger.getLogger("dev.ludo");
    private static final String KEY = "lk_canary_of_the_api_key";
    private static final String WRONG_KEY = "lk_canary_of_a_wrong_key";
    private static final String PASSWORD = "canary-of-a-password";

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            tell("log " + entry.getMessage());
            if (entry.getThrown() != null) {
                tell(entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final CallListener listener = new CallListener() {
        @Override
        public void onCallStarted(Call call) {
            tell("started " + call);
        }

        @Override
        public void onWait(Call call, Wait what, Duration waited) {
            tell("wait " + call + what);
        }

        @Override
        public void onAttempt(Call call, int attempt, Outcome outcome, Duration took) {
            tell("attempt " + call + outcome);
        }

        @Override
        public void onRetry(Call call, int attempt, Outcome outcome, Duration wait) {
            tell("again " + call + outcome);
        }

        @Override
        public void onCallEnded(Call call, int attempts, Outcome outcome, Duration took) {
            tell("ended " + call + outcome);
            if (outcome instanceof Outcome.Failed failed) {
                tell(failed.error());
            }
        }

        @Override
        public void onCircuitChanged(String host, CircuitBreaker.State from, CircuitBreaker.State to) {
            tell("circuit " + host);
        }
    };

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        LUDO.setLevel(Level.ALL);
        LUDO.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LUDO.removeHandler(handler);
        LUDO.setLevel(null);
    }

    private void tell(Object what) {
        told.add(String.valueOf(what));
    }

    private void tell(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        told.add(text.toString());
    }

    private void fails(Runnable call) {
        tell(assertThrows(CallException.class, call::run));
    }

    private LudoClientBuilder client(FakeLudo ludo) {
        return LudoClient.builder()
                .baseUri(ludo.baseUri())
                .apiKey(KEY)
                .listener(listener)
                .circuitBreaker(CircuitBreakerConfig.never())
                .retry(RetryConfig.DEFAULT.withWaits(Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private void assertNothingTold(List<String> secrets) {
        String all = String.join("\n", told);
        for (String secret : secrets) {
            assertThat("a secret of " + secret.length() + " characters", all.contains(secret), is(false));
        }
        assertThat(all, not(containsString("Bearer ")));
        assertThat(all, not(containsString("Basic ")));
        assertThat(all.toLowerCase(Locale.ROOT), not(containsString("canary")));
    }

    @Test
    void aWholeSessionThatSucceedsAndFailsTellsNoSecret() {
        try (FakeLudo ludo = FakeLudo.builder().apiKey(Secret.of(KEY)).start();
                LudoClient client = client(ludo).build()) {
            Registration ann = client.players().register("Ann");
            Room room = client.rooms().create(new NewRoom(2, GameMode.CLASSIC));
            Joined joined = client.rooms().join(room.code(), ann.playerId(), ann.sessionToken());
            WebhookSubscription hook = client.webhooks()
                    .create(NewWebhook.to(
                            URI.create("https://127.0.0.1:9/hook?token=canary-in-a-url"), WebhookEventType.GAME_ENDED));
            client.players().me(ann.sessionToken());
            CallOptions options = CallOptions.NONE
                    .withPlayerToken(joined.playerToken())
                    .withSessionToken(ann.sessionToken())
                    .withIdempotencyKey("the-key-of-some-call");
            tell(options);
            tell(ann);
            tell(joined);
            tell(hook.secret());
            tell(client.config());
            tell(ApiRequest.get("/rooms").playerToken(joined.playerToken()).query("q", "of a query"));

            // what fails in every way: refused, tried again, dropped, unreadable, for want of a right
            client.with(options).send(ApiRequest.get("/rooms").query("status", "canary"));
            ludo.faults().add(FaultRule.before(Fault.status(503)).times(2));
            client.rooms().leave(room.code(), joined.playerToken());
            ludo.faults().add(FaultRule.after(Fault.drop()).always());
            fails(() -> client.players().me(ann.sessionToken()));
            ludo.faults().clear();
            ludo.faults().add(FaultRule.after(Fault.garble()));
            fails(() -> client.players().register("Ben"));
            ludo.faults().add(FaultRule.after(Fault.garble()));
            fails(() -> client.rooms().join(room.code(), ann.playerId(), ann.sessionToken()));
            Table table = ludo.gameAt(GameAt.players(2).piece("red-0", 10).dice(3));
            SeatedPlayer red = table.player(Color.RED);
            Secret wrong = Secret.of("canary-of-a-wrong-player-token");
            Move move = new Move(PieceId.parse("red-0"), Position.of(13));
            fails(() -> client.games().move(table.game().gameId(), move, wrong));
            client.games().move(table.game().gameId(), move, red.playerToken());
            fails(() -> client.players().me(Secret.of("canary-of-a-wrong-session-token")));
            RoomConnection denied = client.join(table.room().code(), wrong);
            tell(assertThrows(RuntimeException.class, denied::open));
            try (RoomConnection there = client.join(table.room().code(), red.playerToken())) {
                there.open();
                tell(there);
            }
            String all = String.join("\n", told);
            assertThat(all, containsString("log retry method=POST path=/rooms/" + room.code() + "/leave status=503"));
            assertThat(all, containsString("log call method=GET path=/players/me error=TransportException"));
            assertNothingTold(List.of(
                    KEY,
                    ann.sessionToken().reveal(),
                    joined.playerToken().reveal(),
                    red.playerToken().reveal(),
                    hook.secret().orElseThrow().reveal()));
        }
    }

    @Test
    void neitherAWrongKeyNorAProxysPasswordIsTold() throws Exception {
        try (FakeLudo ludo = FakeLudo.builder().apiKey(Secret.of(KEY)).start();
                RawApi proxy = RawApi.answering(RawApi.answer(407, "who?"));
                LudoClient refused = client(ludo).apiKey(WRONG_KEY).build();
                LudoClient plain = client(ludo)
                        .httpProxy(URI.create("http://127.0.0.1:" + proxy.port()), "ann", Secret.of(PASSWORD))
                        .build();
                LudoClient tunnel = client(ludo)
                        .baseUri(URI.create("https://127.0.0.1:9/v1"))
                        .httpProxy(URI.create("http://127.0.0.1:" + proxy.port()), "ann", Secret.of(PASSWORD))
                        .build()) {
            fails(() -> refused.rooms().list());
            fails(() -> plain.rooms().list());
            fails(() -> tunnel.rooms().list());
            Room room = ludo.openRoom(2, GameMode.QUICK);
            fails(() -> refused.watch(room.code()).open());
            fails(() -> tunnel.watch(room.code()).open());
            tell(refused.config());
            tell(tunnel.config());
            assertThat(String.join("\n", told), containsString(TransportException.class.getName()));
            assertNothingTold(List.of(KEY, WRONG_KEY, PASSWORD, "YW5uOmNhbmFyeS1vZi1hLXBhc3N3b3Jk"));
        }
    }
}
