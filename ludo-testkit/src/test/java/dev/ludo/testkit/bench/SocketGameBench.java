package dev.ludo.testkit.bench;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.Ack;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.Refused;
import dev.ludo.core.event.RoomEvent.RoomJoined;
import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.rules.BotPolicy;
import dev.ludo.testkit.FakeLudo;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** How long a whole game of two players takes, in real time, when each plays over a socket as fast as it can. */
final class SocketGameBench {
    private SocketGameBench() {}

    static void run(boolean quick) throws Exception {
        int games = quick ? 5 : 40;
        System.out.println();
        System.out.println("| whole game of two | messages to each player | over sockets, median ms | slowest of "
                + games + ", ms | the fake's own bots, median ms |");
        System.out.println("|---|---|---|---|---|");
        for (GameMode mode : List.of(GameMode.CLASSIC, GameMode.QUICK)) {
            List<Double> played = new ArrayList<>();
            List<Double> alone = new ArrayList<>();
            long messages = 0;
            for (int i = -games; i < games; i++) { // the first half warms up
                HttpClient http = HttpClient.newHttpClient();
                try (FakeLudo fake = FakeLudo.builder().rateLimit(0).seed(i).start()) {
                    double bots = bots(fake, mode);
                    Played game = play(fake, http, mode);
                    if (i >= 0) {
                        played.add(game.millis);
                        alone.add(bots);
                        messages += game.messages;
                    }
                } finally {
                    http.shutdownNow(); // closing it would wait for the sockets, which are still open
                }
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f | %.0f |",
                    mode.word(),
                    messages / games,
                    BenchMain.quantile(played, 0.5),
                    BenchMain.quantile(played, 1),
                    BenchMain.quantile(alone, 0.5)));
        }
    }

    private static double bots(FakeLudo fake, GameMode mode) throws InterruptedException {
        Room room = fake.openRoom(new NewRoom(2, mode));
        long began = System.nanoTime();
        fake.seatBots(room.code(), 2, BotPolicy.GREEDY, Duration.ZERO);
        Room ended = fake.awaitRoom(room.code(), r -> r.status() == RoomStatus.ENDED, Duration.ofSeconds(30));
        double millis = BenchMain.millisSince(began);
        if (ended.gameId().isEmpty()) {
            throw new IllegalStateException("no game was played");
        }
        return millis;
    }

    private record Played(double millis, long messages) {}

    private static Played play(FakeLudo fake, HttpClient http, GameMode mode) throws Exception {
        Room room = fake.openRoom(new NewRoom(2, mode));
        String ann = seat(fake, http, room, "Ann");
        Player first = new Player(fake, http, room, ann);
        long began = System.nanoTime();
        Player second = new Player(fake, http, room, seat(fake, http, room, "Ben"));
        first.end.get(60, TimeUnit.SECONDS);
        second.end.get(60, TimeUnit.SECONDS);
        return new Played(BenchMain.millisSince(began), first.messages);
    }

    private static String seat(FakeLudo fake, HttpClient http, Room room, String name) throws Exception {
        String player = post(fake, http, "/players", "{\"playerName\":\"" + name + "\"}")
                .getString("playerId");
        return post(fake, http, "/rooms/" + room.code() + "/join", "{\"playerId\":\"" + player + "\"}")
                .getString("playerToken");
    }

    private static JsonObject post(FakeLudo fake, HttpClient http, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(fake.baseUri() + path))
                .header("Authorization", "Bearer " + fake.apiKey().reveal())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return LudoJson.parseObject(
                        http.send(request, BodyHandlers.ofByteArray()).body())
                .getJsonObject("data");
    }

    /** Rolls when it is its turn, and moves the first piece that can be moved. Each command waits for its ack. */
    private static final class Player implements WebSocket.Listener {
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final String join;
        private CompletableFuture<WebSocket> sent = new CompletableFuture<>();
        private String self = "";
        private boolean mine;
        private List<LegalMove> legal = List.of();
        private long messages;

        private Player(FakeLudo fake, HttpClient http, Room room, String token) {
            this.join =
                    "{\"type\":\"room:join\",\"roomCode\":\"" + room.code() + "\",\"playerToken\":\"" + token + "\"}";
            http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + fake.apiKey().reveal())
                    .buildAsync(fake.wsUri(), this)
                    .join();
        }

        @Override
        public void onOpen(WebSocket socket) {
            sent = socket.sendText(join, true);
            socket.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                text.setLength(0);
                messages++;
                take(MessageCodec.read(bytes, "").event());
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end.completeExceptionally(error);
        }

        private void take(RoomEvent event) {
            switch (event) {
                case RoomJoined joined -> {
                    self = joined.playerId().orElseThrow().value();
                    joined.state().flatMap(GameState::turn).ifPresent(turn -> turnOf(turn.playerId()));
                }
                case TurnChange change -> turnOf(change.currentPlayerId());
                case DiceRolled rolled -> legal = rolled.legalMoves();
                case Ack ack -> goOn();
                case Refused refused -> end.completeExceptionally(new IllegalStateException(refused.toString()));
                case GameEnded ended -> {
                    mine = false;
                    end.complete(null);
                }
                default -> {}
            }
        }

        private void turnOf(PlayerId who) {
            boolean before = mine;
            mine = who.value().equals(self);
            if (mine && !before) {
                roll();
            }
        }

        /** After a roll there may be a move to make, after a move another roll. */
        private void goOn() {
            if (mine && legal.isEmpty()) {
                roll();
            } else if (mine) {
                LegalMove move = legal.getFirst();
                legal = List.of();
                send("{\"type\":\"game:move\",\"pieceId\":\"" + move.pieceId() + "\",\"targetPosition\":"
                        + move.targetPosition().value() + '}');
            }
        }

        private void roll() {
            legal = List.of();
            send("{\"type\":\"game:roll\"}");
        }

        private void send(String message) {
            sent = sent.thenCompose(socket -> socket.sendText(message, true));
        }
    }
}
