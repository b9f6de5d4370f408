package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.frame.LegWatch;
import dev.ludo.client.frame.Line;
import dev.ludo.client.frame.SocketConnector;
import dev.ludo.core.event.RoomCommand;
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
import java.util.function.Supplier;
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
    private final Clock clock;
    private final LegLimits limits;

    private final Set<RoomConnection> connections = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SocketConnector connector;
    private @Nullable LegWatch watch;
    private boolean closed;

    private RoomSockets(Builder builder, Supplier<Secret> apiKey) {
        SocketConnector.check(URI.create(builder.uri.replace(CODE, "CODE")), builder.allowPlain);
        this.uri = builder.uri;
        this.apiKey = apiKey;
        this.userAgent = builder.userAgent;
        this.connectTimeout = builder.connectTimeout;
        this.handshakeTimeout = builder.handshakeTimeout;
        this.commandTimeout = builder.commandTimeout;
        this.clock = builder.clock;
        this.limits = builder.limits;
    }

    /**
     * Sockets to be.
     *
     * @return a builder that lacks only the key
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A player's place in a room. Nothing is sent before it is opened.
     *
     * @param roomCode which room
     * @param playerToken the player's seat
     * @return the connection
     */
    public RoomConnection join(RoomCode roomCode, Secret playerToken) {
        return new RoomConnection(this, roomCode, new RoomCommand.Join(roomCode, playerToken, Optional.empty()));
    }

    /**
     * A spectator's place in a room. Nothing is sent before it is opened.
     *
     * @param roomCode which room
     * @return the connection
     */
    public RoomConnection watch(RoomCode roomCode) {
        return new RoomConnection(this, roomCode, new RoomCommand.Watch(roomCode, Optional.empty()));
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
                made = new SocketConnector(connectTimeout, handshakeTimeout, clock);
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

    LegLimits limits() {
        return limits;
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

    /** Sockets to be. For one thread. */
    public static final class Builder {
        private String uri = "wss://api.ludokingapi.site/ws";
        private Optional<Supplier<Secret>> apiKey = Optional.empty();
        private String userAgent = "ludo-java";
        private boolean allowPlain;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration handshakeTimeout = Duration.ofSeconds(10);
        private Duration commandTimeout = Duration.ofSeconds(10);
        private Clock clock = Clock.systemUTC();
        private LegLimits limits = LegLimits.DEFAULT;

        private Builder() {}

        /**
         * Where the socket is.
         *
         * @param uri wss without user-info; plain ws only for this machine itself, unless {@link #allowPlain}. A
         *     <code>{code}</code> in its path stands for the room's code.
         * @return this
         */
        public Builder uri(String uri) {
            this.uri = uri;
            return this;
        }

        /**
         * The key that every handshake carries, asked for at each, so that it can change.
         *
         * @param apiKey gives the key of the moment; called from many threads
         * @return this
         */
        public Builder apiKey(Supplier<Secret> apiKey) {
            this.apiKey = Optional.of(apiKey);
            return this;
        }

        /**
         * What the client calls itself.
         *
         * @param userAgent the header's value; {@code ludo-java} by default
         * @return this
         */
        public Builder userAgent(String userAgent) {
            this.userAgent = userAgent;
            return this;
        }

        /**
         * Whether the key may travel unencrypted to another machine.
         *
         * @param allowPlain false by default
         * @return this
         */
        public Builder allowPlain(boolean allowPlain) {
            this.allowPlain = allowPlain;
            return this;
        }

        /**
         * How long a connection may take.
         *
         * @param connectTimeout above zero; 5 seconds by default
         * @return this
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = positive(connectTimeout, "connectTimeout");
            return this;
        }

        /**
         * How long the answer to the handshake may take after that.
         *
         * @param handshakeTimeout above zero; 10 seconds by default
         * @return this
         */
        public Builder handshakeTimeout(Duration handshakeTimeout) {
            this.handshakeTimeout = positive(handshakeTimeout, "handshakeTimeout");
            return this;
        }

        /**
         * How long the answer to a command may take, the join's too.
         *
         * @param commandTimeout above zero; 10 seconds by default
         * @return this
         */
        public Builder commandTimeout(Duration commandTimeout) {
            this.commandTimeout = positive(commandTimeout, "commandTimeout");
            return this;
        }

        /**
         * What time it is, for hints that are given as a time.
         *
         * @param clock the system's by default
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        Builder limits(LegLimits limits) {
            this.limits = limits;
            return this;
        }

        private static Duration positive(Duration value, String name) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be above zero, was " + value);
            }
            return value;
        }

        /**
         * Makes the sockets. No connection is opened yet.
         *
         * @return the sockets
         * @throws IllegalStateException if there is no key
         * @throws IllegalArgumentException if the URI is not one that a key may be sent to
         */
        public RoomSockets build() {
            return new RoomSockets(
                    this, apiKey.orElseThrow(() -> new IllegalStateException("RoomSockets need an apiKey")));
        }
    }
}
