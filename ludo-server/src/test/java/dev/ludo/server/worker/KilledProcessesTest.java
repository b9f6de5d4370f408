package dev.ludo.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.json.WebhookCodec;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.core.rules.BotPolicy;
import dev.ludo.core.webhook.WebhookEvent.GameEnded;
import dev.ludo.core.webhook.WebhookSigner;
import dev.ludo.server.Await;
import dev.ludo.server.Main;
import dev.ludo.server.Program;
import dev.ludo.server.Wire;
import dev.ludo.server.worker.TargetServer.Arrival;
import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A proxy and a worker, each a process, that are killed at random while a fake delivers: what was accepted takes effect once,
 * or is a dead letter.
 */
class KilledProcessesTest {
    private static final boolean WHOLE = Boolean.getBoolean("ludo.soak");
    private static final long SEED = 20261128;
    private static final int ROOMS = WHOLE ? 100 : 10;
    private static final int KILLS = WHOLE ? 10 : 1;
    private static final int PATIENCE = 120;

    private static final int SUBSCRIPTIONS = 4;
    private static final int COPIES = 5;
    private static final WebhookEventType[] EVENTS = {
        WebhookEventType.ROOM_CREATED,
        WebhookEventType.PLAYER_JOINED,
        WebhookEventType.GAME_STARTED,
        WebhookEventType.GAME_ENDED
    };

    // A room with two players: made, joined twice, started, ended.
    private static final int DELIVERIES = ROOMS * 5 * SUBSCRIPTIONS * COPIES;

    @TempDir
    Path folder;

    private final Secret forwardSecret = WebhookSigner.newSecret(new Random(SEED));
    private final List<String> effects = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> stumbled = ConcurrentHashMap.newKeySet();

    /** One of the two programs, which lives again after each death. */
    private final class Lives implements AutoCloseable {
        private final String name;
        private final Map<String, String> environment;
        private int life;
        private Program program;
        private volatile Optional<URI> uri = Optional.empty();

        private Lives(String name, Map<String, String> environment) throws IOException {
            this.name = name;
            this.environment = environment;
            this.program = begin();
        }

        private Program begin() throws IOException {
            Path home = Files.createDirectories(folder.resolve(name + life++));
            return Program.start(home, Main.class, environment, name, "--port", "0");
        }

        private void awaitReady() throws IOException {
            String line = program.readLine();
            uri = Optional.of(URI.create(line.substring(line.indexOf("http"))));
        }

        private void dieAndLiveAgain() throws IOException {
            program.close();
            program = begin();
            awaitReady();
        }

        @Override
        public void close() throws IOException {
            program.close();
        }
    }

    // One in a hundred is refused for good; one in fifty at first.
    private static boolean isRefused(String id) {
        return new Random(SEED * 7 + id.hashCode()).nextInt(100) == 0;
    }

    private static boolean stumbles(String id) {
        return new Random(SEED * 5 + id.hashCode()).nextInt(50) == 0;
    }

    // What a service does that remembers the ids that it has acted on.
    private int act(Arrival arrival) {
        if (isRefused(arrival.id())) {
            return 410;
        }
        if (stumbles(arrival.id()) && stumbled.add(arrival.id())) {
            return 500;
        }
        synchronized (known) {
            if (known.add(arrival.id())) {
                effects.add(arrival.id());
            }
        }
        return 204;
    }

    private int acted() {
        synchronized (known) {
            return effects.size();
        }
    }

    private interface Count {
        int now();
    }

    private static void kill(String what, Lives lives, Random random, Count progress) throws Exception {
        lives.awaitReady();
        for (int i = 0; i < KILLS; i++) {
            double part = (i + random.nextDouble()) / KILLS * 0.9;
            int from = (int) (DELIVERIES * part);
            Await.until(what + " for the death " + i, PATIENCE, () -> progress.now() >= from);
            lives.dieAndLiveAgain();
        }
    }

    private List<String> deadLetters() throws IOException {
        List<String> ids = new ArrayList<>();
        DeadLetters.show(folder.resolve("data"), letter -> ids.add(letter.id()));
        ids.sort(null);
        return ids;
    }

    @Test
    void whatWasAcceptedTakesEffectOnceThoughBothAreKilled() throws Exception {
        try (FakeLudo fake = FakeLudo.builder().rateLimit(0).start();
                TargetServer target = new TargetServer(forwardSecret, Clock.systemUTC());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            target.answer(this::act);
            List<Secret> secrets = new ArrayList<>();
            AtomicReference<Supplier<Optional<URI>>> proxy = new AtomicReference<>(Optional::empty);
            try (Deliverer deliverer = new Deliverer(() -> proxy.get().get(), COPIES, SEED)) {
                for (int i = 0; i < SUBSCRIPTIONS; i++) {
                    WebhookSubscription subscription = fake.subscribe(NewWebhook.to(deliverer.uri(i), EVENTS));
                    secrets.add(subscription.secret().orElseThrow());
                    deliverer.knows(i, secrets.getLast());
                }
                try (Lives serving = new Lives("serve", proxySettings(fake, secrets));
                        Lives working = new Lives("worker", workerSettings(target))) {
                    proxy.set(() -> serving.uri);
                    Future<?> proxyDies = threads.submit(() -> {
                        kill(
                                "webhooks come in",
                                serving,
                                new Random(SEED),
                                () -> deliverer.accepted().size());
                        return true;
                    });
                    Future<?> workerDies = threads.submit(() -> {
                        kill("events are passed on", working, new Random(SEED + 1), this::acted);
                        return true;
                    });
                    play(fake);
                    proxyDies.get();
                    workerDies.get();
                    check(deliverer, target, new Wire(serving.uri.orElseThrow()));
                }
            }
        }
    }

    private static void play(FakeLudo fake) {
        for (int i = 0; i < ROOMS; i++) {
            fake.seatBots(fake.openRoom(new NewRoom(2, GameMode.QUICK)).code(), 2, BotPolicy.GREEDY, Duration.ZERO);
        }
    }

    private void check(Deliverer deliverer, TargetServer target, Wire wire) throws Exception {
        Await.until("all is accepted", PATIENCE, () -> deliverer.accepted().size() == DELIVERIES);
        Set<String> dead = deliverer.accepted().stream()
                .filter(KilledProcessesTest::isRefused)
                .collect(Collectors.toCollection(TreeSet::new));
        Await.until(
                "all takes effect or is given up",
                PATIENCE,
                () -> acted() == DELIVERIES - dead.size() && deadLetters().size() == dead.size());
        assertThat(deliverer.wrong(), is(List.of()));
        Set<String> live = new HashSet<>(deliverer.accepted());
        live.removeAll(dead);
        assertThat(new HashSet<>(effects), is(live));
        assertThat(deadLetters(), is(List.copyOf(dead)));
        for (String kind : List.of("twice", "forged", "stale")) {
            assertThat(kind, deliverer.special(kind), greaterThan(0));
        }
        assertThat(dead.size(), greaterThan(0));
        checkOrder(deliverer, target);
        checkArchive(target, wire);
    }

    // Of one room, what one subscription's copies tell comes in the order of the events.
    private void checkOrder(Deliverer deliverer, TargetServer target) {
        Map<String, Integer> last = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Arrival arrival : target.arrivals()) {
            if (arrival.status() == 204 && seen.add(arrival.id())) {
                String stream = deliverer.stream(arrival.id())
                        + EventRoom.of(arrival.body().getBytes(UTF_8));
                int order = deliverer.order(arrival.id());
                Integer before = last.put(stream, order);
                assertThat(arrival + " in " + stream, before == null || before < order, is(true));
            }
        }
    }

    private static void checkArchive(TargetServer target, Wire wire) throws Exception {
        try (wire) {
            Set<String> games = target.arrivals().stream()
                    .map(arrival -> WebhookCodec.read(arrival.body().getBytes(UTF_8)))
                    .filter(GameEnded.class::isInstance)
                    .map(event -> ((GameEnded) event).game().gameId().value())
                    .collect(Collectors.toSet());
            assertThat(games.size(), is(ROOMS));
            for (String game : games) {
                Await.until(
                        game + " is in the archive",
                        () -> wire.get("/games/" + game).status() == 200);
            }
        }
    }

    private Map<String, String> proxySettings(FakeLudo fake, List<Secret> secrets) {
        return Map.of(
                "LUDO_API_KEY", fake.apiKey().reveal(),
                "LUDO_API_BASE_URL", fake.baseUri().toString(),
                "LUDO_HOST", "127.0.0.1",
                "LUDO_RATE_LIMIT", "0",
                "LUDO_DATA_DIR", folder.resolve("data").toString(),
                "LUDO_WEBHOOK_SECRETS", secrets.stream().map(Secret::reveal).collect(Collectors.joining(",")));
    }

    private Map<String, String> workerSettings(TargetServer target) {
        return Map.of(
                "LUDO_HOST", "127.0.0.1",
                "LUDO_DATA_DIR", folder.resolve("data").toString(),
                "LUDO_FORWARD_URLS", target.uri().toString(),
                "LUDO_FORWARD_SECRET", forwardSecret.reveal());
    }
}
