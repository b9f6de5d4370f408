package dev.ludo.client.realtime;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.client.http.ProxyAddress;
import dev.ludo.client.resilience.Sleeper;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Secret;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** {@link RoomSockets} to be. For one thread. */
public final class RoomSocketsBuilder {
    String uri = "wss://api.ludokingapi.site/ws";
    Optional<Supplier<Secret>> apiKey = Optional.empty();
    String userAgent = "ludo-java";
    boolean allowPlain;
    Duration connectTimeout = Duration.ofSeconds(5);
    Duration handshakeTimeout = Duration.ofSeconds(10);
    Duration commandTimeout = Duration.ofSeconds(10);
    Duration joinSilence = Duration.ofSeconds(3);
    Clock clock = Clock.systemUTC();
    LegLimits limits = LegLimits.DEFAULT;
    ReconnectPolicy reconnects = ReconnectPolicy.DEFAULT;
    Optional<Function<GameId, GameState>> states = Optional.empty();
    Optional<SSLContext> sslContext = Optional.empty();
    Optional<ProxyAddress> httpProxy = Optional.empty();
    RandomGenerator random = new Random();
    Sleeper sleeper = Thread::sleep;
    LongSupplier nanoTime = System::nanoTime;

    RoomSocketsBuilder() {}

    /**
     * Where the socket is.
     *
     * @param uri wss without user-info; plain ws only for this machine itself, unless {@link #allowPlain}. A
     *     <code>{code}</code> in its path stands for the room's code.
     * @return this
     */
    public RoomSocketsBuilder uri(String uri) {
        this.uri = uri;
        return this;
    }

    /**
     * The key that every handshake carries, asked for at each, so that it can change.
     *
     * @param apiKey gives the key of the moment; called from many threads
     * @return this
     */
    public RoomSocketsBuilder apiKey(Supplier<Secret> apiKey) {
        this.apiKey = Optional.of(apiKey);
        return this;
    }

    /**
     * What the client calls itself.
     *
     * @param userAgent the header's value; {@code ludo-java} by default
     * @return this
     */
    public RoomSocketsBuilder userAgent(String userAgent) {
        this.userAgent = userAgent;
        return this;
    }

    /**
     * Whether the key may travel unencrypted to another machine.
     *
     * @param allowPlain false by default
     * @return this
     */
    public RoomSocketsBuilder allowPlain(boolean allowPlain) {
        this.allowPlain = allowPlain;
        return this;
    }

    /**
     * How long a connection may take.
     *
     * @param connectTimeout above zero; 5 seconds by default
     * @return this
     */
    public RoomSocketsBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = positive(connectTimeout, "connectTimeout");
        return this;
    }

    /**
     * How long the answer to the handshake may take after that.
     *
     * @param handshakeTimeout above zero; 10 seconds by default
     * @return this
     */
    public RoomSocketsBuilder handshakeTimeout(Duration handshakeTimeout) {
        this.handshakeTimeout = positive(handshakeTimeout, "handshakeTimeout");
        return this;
    }

    /**
     * How long the answer to a command may take, the join's too.
     *
     * @param commandTimeout above zero; 10 seconds by default
     * @return this
     */
    public RoomSocketsBuilder commandTimeout(Duration commandTimeout) {
        this.commandTimeout = positive(commandTimeout, "commandTimeout");
        return this;
    }

    /**
     * How long a join may stay without an answer before the client goes by signs. An API that does not answer joins, but sends
     * what happens in the room, is pinged after so long; when it answers that, it has read the join and not refused it, and
     * the client counts as joined. Never so with an API that has answered a join over the same connection to a room.
     *
     * @param joinSilence above zero; 3 seconds by default; as long as the command timeout, or longer, for never
     * @return this
     */
    public RoomSocketsBuilder joinSilence(Duration joinSilence) {
        this.joinSilence = positive(joinSilence, "joinSilence");
        return this;
    }

    /**
     * What time it is, for hints that are given as a time.
     *
     * @param clock the system's by default
     * @return this
     */
    public RoomSocketsBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * When to get a new socket for one that was lost.
     *
     * @param reconnects {@link ReconnectPolicy#DEFAULT} by default
     * @return this
     */
    public RoomSocketsBuilder reconnects(ReconnectPolicy reconnects) {
        this.reconnects = reconnects;
        return this;
    }

    /**
     * Where to ask for a game's state when an API that does not number its broadcasts was lost and found again.
     * {@link dev.ludo.client.LudoClient} asks over REST. Without this such a resynchronisation comes without a state.
     *
     * @param states asks for it, and throws a {@link dev.ludo.core.error.CallException} if it is not to be had
     * @return this
     */
    public RoomSocketsBuilder states(Function<GameId, GameState> states) {
        this.states = Optional.of(states);
        return this;
    }

    /**
     * What the waits before reconnecting are drawn from.
     *
     * @param random one that many threads may use; by default one with a seed of its own
     * @return this
     */
    public RoomSocketsBuilder random(RandomGenerator random) {
        this.random = random;
        return this;
    }

    /**
     * How to wait before reconnecting. It must end when the thread is interrupted.
     *
     * @param sleeper {@code Thread::sleep} by default
     * @return this
     */
    public RoomSocketsBuilder sleeper(Sleeper sleeper) {
        this.sleeper = sleeper;
        return this;
    }

    /**
     * By what a wss server is trusted, and what the client shows it.
     *
     * @param sslContext the JDK's default by default. The server's name is checked in any case.
     * @return this
     */
    public RoomSocketsBuilder sslContext(SSLContext sslContext) {
        this.sslContext = Optional.of(sslContext);
        return this;
    }

    /**
     * An HTTP proxy that is to lead a tunnel to the server.
     *
     * @param proxy {@code http://host:port}; none by default
     * @return this
     */
    public RoomSocketsBuilder httpProxy(URI proxy) {
        this.httpProxy = Optional.of(ProxyAddress.of(proxy));
        return this;
    }

    /**
     * An HTTP proxy that wants to know who comes.
     *
     * @param proxy {@code http://host:port}
     * @param user a name
     * @param password its password; both travel to the proxy unencrypted, by HTTP's basic authentication
     * @return this
     */
    public RoomSocketsBuilder httpProxy(URI proxy, String user, Secret password) {
        this.httpProxy = Optional.of(ProxyAddress.of(proxy).withUser(user, password));
        return this;
    }

    RoomSocketsBuilder nanoTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        return this;
    }

    RoomSocketsBuilder limits(LegLimits limits) {
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
        return new RoomSockets(this, apiKey.orElseThrow(() -> new IllegalStateException("RoomSockets need an apiKey")));
    }
}
