package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.client.http.ProxyAddress;
import dev.ludo.client.resilience.Backoff;
import dev.ludo.client.resilience.Sleeper;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to rooms, and closes them when it is closed. {@link dev.ludo.client.LudoClient} has one; a program that
 * needs nothing but sockets can build one alone.
 *
 * <p>Thread-safe; one for a whole application is right.
 */
public final class RoomSockets implements AutoCloseable {
    private static final String CODE = "{code}";

    private final String uri;
    private final Supplier<Secret> apiKey;
    private final String userAgent;
    private final Duration connectTimeout;
    private final Duration handshakeTimeout;
    private final Duration commandTimeout;
    private final Duration joinSilence;
    private final Clock clock;
    private final LegLimits limits;
    private final Optional<SSLContext> sslContext;
    private final Optional<ProxyAddress> httpProxy;
    private final ReconnectPolicy reconnects;
    private final Backoff backoff;
    private final Sleeper sleeper;
    private final LongSupplier nanoTime;
    private final Optional<Function<GameId, GameState>> states;

    private final Set<RoomConnection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SocketConnector connector;
    private @Nullable LegWatch watch;
    private boolean closed;

    RoomSockets(RoomSocketsBuilder builder, Supplier<Secret> apiKey) {
        SocketConnector.check(URI.create(builder.uri.replace(CODE, "CODE")), builder.allowPlain);
        this.uri = builder.uri;
        this.apiKey = apiKey;
        this.userAgent = builder.userAgent;
        this.connectTimeout = builder.connectTimeout;
        this.handshakeTimeout = builder.handshakeTimeout;
        this.commandTimeout = builder.commandTimeout;
        this.joinSilence = builder.joinSilence;
        this.clock = builder.clock;
        this.limits = builder.limits;
        this.sslContext = builder.sslContext;
        this.httpProxy = builder.httpProxy;
        this.reconnects = builder.reconnects;
        this.backoff = new Backoff(reconnects.base(), reconnects.cap(), builder.random);
        this.sleeper = builder.sleeper;
        this.nanoTime = builder.nanoTime;
        this.states = builder.states;
    }

    /**
     * Sockets to be.
     *
     * @return a builder that lacks only the key
     */
    public static RoomSocketsBuilder builder() {
        return new RoomSocketsBuilder();
    }

    /**
     * A player's place in a room. Nothing is sent before it is opened.
     *
     * @param roomCode which room
     * @param playerToken the player's seat
     * @return the connection
     */
    public RoomConnection join(RoomCode roomCode, Secret playerToken) {
        return connection(roomCode, new RoomCommand.Join(roomCode, playerToken, Optional.empty()));
    }

    /**
     * A spectator's place in a room. Nothing is sent before it is opened.
     *
     * @param roomCode which room
     * @return the connection
     */
    public RoomConnection watch(RoomCode roomCode) {
        return connection(roomCode, new RoomCommand.Watch(roomCode, Optional.empty()));
    }

    private RoomConnection connection(RoomCode roomCode, RoomCommand entry) {
        return new RoomConnection(this, new Entrance(roomCode, entry));
    }

    /** Counts a connection in. */
    void opening(RoomConnection connection) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the client is closed");
            }
            connections.add(connection);
        } finally {
            lock.unlock();
        }
    }

    void ended(RoomConnection connection) {
        connections.remove(connection);
    }

    Line connect(RoomCode roomCode) {
        return connector()
                .connect(
                        URI.create(uri.replace(CODE, roomCode.value())),
                        Map.of("Authorization", "Bearer " + apiKey.get().reveal(), "User-Agent", userAgent));
    }

    private SocketConnector connector() {
        lock.lock();
        try {
            SocketConnector made = connector;
            if (made == null) {
                made = new SocketConnector(connectTimeout, handshakeTimeout, clock, sslContext, httpProxy);
                connector = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** The watch over all connections, started with the first. */
    LegWatch watch() {
        lock.lock();
        try {
            LegWatch started = watch;
            if (started == null) {
                started = LegWatch.start();
                watch = started;
            }
            return started;
        } finally {
            lock.unlock();
        }
    }

    Duration commandTimeout() {
        return commandTimeout;
    }

    Duration joinSilence() {
        return joinSilence;
    }

    LegLimits limits() {
        return limits;
    }

    ReconnectPolicy reconnects() {
        return reconnects;
    }

    Backoff backoff() {
        return backoff;
    }

    Sleeper sleeper() {
        return sleeper;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    /**
     * Asks for the state of a game.
     *
     * @return the state; empty if there is no such game any more, or nobody to ask
     * @throws CallException if it could not be had
     */
    Optional<GameState> stateOf(GameId game) {
        try {
            return states.map(source -> source.apply(game));
        } catch (RejectedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Closes all connections, as {@link RoomConnection#close} does, all at once. None can be opened afterwards. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        connections.forEach(RoomConnection::beginClose);
        connections.forEach(RoomConnection::close);
        lock.lock();
        try {
            if (watch != null) {
                watch.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
