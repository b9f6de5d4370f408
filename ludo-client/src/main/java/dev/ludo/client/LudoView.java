package dev.ludo.client;

import dev.ludo.core.model.Health;

/** The calls with certain options. */
final class LudoView implements LudoCalls {
    private final Caller caller;
    private final Rooms rooms;
    private final Games games;
    private final Players players;
    private final Leaderboard leaderboard;
    private final Webhooks webhooks;

    LudoView(Caller caller) {
        this.caller = caller;
        this.rooms = new Rooms(caller);
        this.games = new Games(caller);
        this.players = new Players(caller);
        this.leaderboard = new Leaderboard(caller);
        this.webhooks = new Webhooks(caller);
    }

    LudoView with(CallOptions options) {
        return new LudoView(caller.with(options));
    }

    @Override
    public Rooms rooms() {
        return rooms;
    }

    @Override
    public Games games() {
        return games;
    }

    @Override
    public Players players() {
        return players;
    }

    @Override
    public Leaderboard leaderboard() {
        return leaderboard;
    }

    @Override
    public Webhooks webhooks() {
        return webhooks;
    }

    @Override
    public Health health() {
        return caller.call(ApiRequest.get("/health"), Health.class);
    }

    @Override
    public ApiAnswer send(ApiRequest request) {
        return caller.send(request);
    }
}
