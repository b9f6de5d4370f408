package dev.ludo.server.watch;

import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.server.SocketConfig;
import dev.ludo.server.guard.RequestIds;
import dev.ludo.server.realtime.Engine;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Hears rooms from the API, over a connection for each. Thread-safe. */
public final class UpstreamBus implements RoomBus {
    private final SocketConfig config;
    private final Secret apiKey;
    private final Engine engine;
    private final AtomicBoolean letsWatch = new AtomicBoolean();

    /**
     * Hears nothing yet.
     *
     * @param config where the API's socket is, and whether a connection that is lost is made anew
     * @param apiKey the key that goes there
     * @param engine what connections run on
     */
    public UpstreamBus(SocketConfig config, Secret apiKey, Engine engine) {
        this.config = config;
        this.apiKey = apiKey;
        this.engine = engine;
    }

    @Override
    public Feed open(RoomCode room, Listener listener) {
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + apiKey.reveal(), "X-Request-Id", RequestIds.fresh());
        RoomFeed feed = new RoomFeed(
                room,
                engine,
                within -> engine.connector().connect(config.upstream(), headers, within),
                config.resumes(),
                letsWatch,
                listener);
        feed.start();
        return feed;
    }
}
