package dev.ludo.client;

import dev.ludo.client.http.RetryAfter;
import dev.ludo.client.realtime.ReconnectPolicy;
import dev.ludo.client.realtime.RoomConnection;
import dev.ludo.client.realtime.RoomSockets;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.json.Envelope;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A client of a Ludo API.
 *
 * <p>Calls block and are made for virtual threads: as many at once as there are threads that make them. Every call ends
 * with what was asked for or with a {@link dev.ludo.core.error.CallException}: {@link RejectedException} when the API said
 * no, {@link dev.ludo.core.error.TimeoutExceededException} when it did not answer in time, {@link TransportException} when
 * there was no answer that could be understood.
 *
 * <p>Thread-safe; one client for a whole application is right. Redirects are not followed.
 */
public final class LudoClient implements AutoCloseable {
    private static final String USER_AGENT = "ludo-java/"
            + Optional.ofNullable(LudoClient.class.getPackage().getImplementationVersion())
                    .orElse("dev");

    private final Attempt attempt;
    private final Clock clock;
    private final RoomSockets sockets;
    private final Rooms rooms = new Rooms(this);
    private final Games games = new Games(this);
    private final Players players = new Players(this);

    private LudoClient(Builder builder, Supplier<Secret> apiKey) {
        this.clock = builder.clock;
        this.attempt = new Attempt(
                BaseUri.check(builder.baseUri, builder.allowHttp),
                apiKey,
                builder.connectTimeout,
                builder.readTimeout,
                USER_AGENT);
        this.sockets = RoomSockets.builder()
                .uri(builder.wsUri.orElseGet(() -> wsUri(builder.baseUri)))
                .apiKey(apiKey)
                .userAgent(USER_AGENT)
                .allowPlain(builder.allowHttp)
                .connectTimeout(builder.connectTimeout)
                .handshakeTimeout(builder.readTimeout)
                .commandTimeout(builder.commandTimeout)
                .clock(builder.clock)
                .reconnects(builder.reconnects)
                .states(games::state)
                .build();
    }

    private static String wsUri(URI baseUri) {
        return baseUri.getScheme().replaceFirst("(?i)^http", "ws") + "://" + baseUri.getRawAuthority() + "/ws";
    }

    /**
     * A client to be.
     *
     * @return a builder that lacks only the key
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Rooms: find, make, join, leave, start.
     *
     * @return the calls
     */
    public Rooms rooms() {
        return rooms;
    }

    /**
     * Games: see, roll, move.
     *
     * @return the calls
     */
    public Games games() {
        return games;
    }

    /**
     * Players: register, look up.
     *
     * @return the calls
     */
    public Players players() {
        return players;
    }

    /**
     * A player's place in a room, over a socket. Nothing is sent before it is opened.
     *
     * @param roomCode which room
     * @param playerToken the player's seat, from {@link dev.ludo.core.model.Joined}
     * @return the connection
     */
    public RoomConnection join(RoomCode roomCode, Secret playerToken) {
        return sockets.join(roomCode, playerToken);
    }

    /**
     * A spectator's place in a room, over a socket. Nothing is sent before it is opened.
     *
     * @param roomCode which room
     * @return the connection
     */
    public RoomConnection watch(RoomCode roomCode) {
        return sockets.watch(roomCode);
    }

    /**
     * Sends a call and gives the answer as it came, whatever its status.
     *
     * @param request the call
     * @return the answer
     * @throws dev.ludo.core.error.CallException if there is no answer, or none in time
     */
    public ApiAnswer send(ApiRequest request) {
        boolean needsKey = request.method().equals("POST") && !request.hasHeader("Idempotency-Key");
        return attempt.send(needsKey ? request.idempotencyKey(UUID.randomUUID().toString()) : request);
    }

    /** Sends a call and reads the data of its answer. */
    <T> T call(ApiRequest request, Function<JsonValue, T> read) {
        ApiAnswer answer = send(request);
        if (!answer.isSuccess()) {
            throw rejected(request, answer);
        }
        try {
            JsonObject envelope = LudoJson.parseObject(answer.body(), Attempt.MAX_ANSWER);
            if (!envelope.getBoolean("success", true)) {
                throw rejected(request, answer);
            }
            return read.apply(envelope.getOrDefault("data", JsonValue.NULL));
        } catch (MalformedJsonException | ClassCastException e) {
            throw new TransportException(
                    request.method(), request.path(), "was answered with what cannot be read: " + e.getMessage(), e);
        }
    }

    <T> T call(ApiRequest request, Class<T> type) {
        return call(request, data -> LudoJson.read(data.asJsonObject(), type));
    }

    private RejectedException rejected(ApiRequest request, ApiAnswer answer) {
        return new RejectedException(
                request.method(),
                request.path(),
                answer.status(),
                failure(answer),
                RetryAfter.of(answer.header("Retry-After"), clock));
    }

    /**
     * What a failed answer says. It may be an envelope, some other text, or nothing.
     *
     * @param answer the answer
     * @return its failure; the parts are empty where it has none
     */
    public static Failure failure(ApiAnswer answer) {
        return Envelope.readFailure(answer.body(), Attempt.MAX_ANSWER);
    }

    /** Closes the connections to rooms, and lets go of all others. Calls made afterwards fail. */
    @Override
    public void close() {
        sockets.close();
        attempt.close();
    }

    /** A client to be. For one thread. */
    public static final class Builder {
        private URI baseUri = URI.create("https://api.ludokingapi.site/v1");
        private Optional<String> wsUri = Optional.empty();
        private Optional<Supplier<Secret>> apiKey = Optional.empty();
        private boolean allowHttp;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration readTimeout = Duration.ofSeconds(10);
        private Duration commandTimeout = Duration.ofSeconds(10);
        private ReconnectPolicy reconnects = ReconnectPolicy.DEFAULT;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Where the API is.
         *
         * @param baseUri https without user-info; plain http only for this machine itself, unless {@link #allowHttp}
         * @return this
         */
        public Builder baseUri(URI baseUri) {
            this.baseUri = baseUri;
            return this;
        }

        /**
         * Where the API's socket is, if not beside the base URI: by default its path is {@code /ws} on the same machine.
         *
         * @param wsUri wss without user-info; plain ws under the same conditions as plain http
         * @return this
         */
        public Builder wsUri(URI wsUri) {
            return wsUri(wsUri.toString());
        }

        /**
         * The same with a place for the room: <code>{code}</code> stands for its code, as in
         * <code>wss://play.example/ws/game/{code}</code> of a proxy.
         *
         * @param wsUri wss without user-info; plain ws under the same conditions as plain http
         * @return this
         */
        public Builder wsUri(String wsUri) {
            this.wsUri = Optional.of(wsUri);
            return this;
        }

        /**
         * The key that every call carries.
         *
         * @param apiKey visible ASCII characters
         * @return this
         */
        public Builder apiKey(String apiKey) {
            Secret key = Secret.of(apiKey);
            return apiKey(() -> key);
        }

        /**
         * The key that every call carries, asked for at each, so that it can change.
         *
         * @param apiKey gives the key of the moment; called from many threads
         * @return this
         */
        public Builder apiKey(Supplier<Secret> apiKey) {
            this.apiKey = Optional.of(apiKey);
            return this;
        }

        /**
         * Whether the key may travel unencrypted to another machine.
         *
         * @param allowHttp false by default
         * @return this
         */
        public Builder allowHttp(boolean allowHttp) {
            this.allowHttp = allowHttp;
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
         * How long the API may be silent while an answer is awaited.
         *
         * @param readTimeout above zero; 10 seconds by default
         * @return this
         */
        public Builder readTimeout(Duration readTimeout) {
            this.readTimeout = positive(readTimeout, "readTimeout");
            return this;
        }

        /**
         * How long the answer to a command over a socket may take.
         *
         * @param commandTimeout above zero; 10 seconds by default
         * @return this
         */
        public Builder commandTimeout(Duration commandTimeout) {
            this.commandTimeout = positive(commandTimeout, "commandTimeout");
            return this;
        }

        /**
         * When to get a new socket to a room for one that was lost.
         *
         * @param reconnects {@link ReconnectPolicy#DEFAULT} by default
         * @return this
         */
        public Builder reconnects(ReconnectPolicy reconnects) {
            this.reconnects = reconnects;
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

        private static Duration positive(Duration value, String name) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + " must be above zero, was " + value);
            }
            return value;
        }

        /**
         * Makes the client. No connection is opened yet.
         *
         * @return the client
         * @throws IllegalStateException if there is no key
         * @throws IllegalArgumentException if the base URI or the socket's is not one that a key may be sent to
         */
        public LudoClient build() {
            return new LudoClient(
                    this, apiKey.orElseThrow(() -> new IllegalStateException("a LudoClient needs an apiKey")));
        }
    }
}
