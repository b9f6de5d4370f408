package dev.ludo.testkit;

import dev.ludo.core.model.GameState;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.WebhookSubscription;
import java.util.List;
import java.util.stream.Stream;

/** The whole world at one moment. */
record WorldView(
        List<Room> rooms,
        List<GameState> games,
        List<Players.Entry> players,
        List<HeldToken> tokens,
        List<WebhookSubscription> webhooks) {
    /** A player token that is good. */
    record HeldToken(RoomCode roomCode, PlayerId playerId, Secret token) {}

    static WorldView of(Realm realm) {
        List<FakeRoom> rooms = realm.registry.all();
        return new WorldView(
                rooms.stream().map(FakeRoom::room).toList(),
                rooms.stream()
                        .filter(room -> room.anyGame().isPresent())
                        .map(FakeRoom::state)
                        .toList(),
                realm.players.all(),
                rooms.stream().flatMap(WorldView::tokens).toList(),
                realm.webhooks.all());
    }

    private static Stream<HeldToken> tokens(FakeRoom room) {
        return room.seats().stream()
                .flatMap(
                        seat -> seat.token().stream().map(token -> new HeldToken(room.code(), seat.playerId(), token)));
    }
}
