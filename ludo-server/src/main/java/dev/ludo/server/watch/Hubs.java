package dev.ludo.server.watch;

import dev.ludo.client.frame.LegLimits;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.model.RoomCode;
import dev.ludo.server.api.RoomStreams;
import dev.ludo.server.guard.Caller;
import dev.ludo.server.guard.Refusal;
import dev.ludo.server.realtime.Gallery;
import dev.ludo.server.realtime.RoomNews;
import dev.ludo.server.realtime.Sessions;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that are watched, each by its hub: made for the first who watches, kept for a while after the last has left.
 * Thread-safe.
 */
public final class Hubs implements Gallery, RoomStreams, AutoCloseable {
    /** For how long a room is still heard that nobody watches any more. */
    static final Duration KEPT_FOR = Duration.ofSeconds(30);

    /** How often streams are told that they are still there. */
    static final Duration COMMENT_EVERY = Duration.ofSeconds(15);

    /** For how long an API that lets nobody watch is not asked again. */
    static final Duration UNSUPPORTED_FOR = Duration.ofMinutes(1);

    private static final System.Logger LOGGER = System.getLogger(Hubs.class.getName());
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final RoomBus bus;
    private final Sessions sessions;
    private final int perRoom;
    private final RoomNews news;
    private final WatchMeter meter;
    private final LongSupplier nanoTime;
    private final Map<RoomCode, Hub> hubs = new ConcurrentHashMap<>();
    private volatile long commentedAt;
    private volatile @Nullable Long unsupportedSince;
    private volatile @Nullable Thread thread;

    /**
     * Watches nothing yet.
     *
     * @param bus from where rooms are heard
     * @param sessions counts streams among the sockets, against the same limits
     * @param perRoom how many may watch one room
     * @param news told of each message from a room
     * @param meter counts
     * @param nanoTime the clock that durations are measured by
     */
    public Hubs(RoomBus bus, Sessions sessions, int perRoom, RoomNews news, WatchMeter meter, LongSupplier nanoTime) {
        this.bus = bus;
        this.sessions = sessions;
        this.perRoom = perRoom;
        this.news = news;
        this.meter = meter;
        this.nanoTime = nanoTime;
        this.commentedAt = nanoTime.getAsLong();
    }

    /**
     * Has a thread of its own {@link #look} after the hubs until it is closed.
     *
     * @return this
     */
    public Hubs start() {
        thread = Thread.ofVirtual().name("ludo-hubs").start(() -> {
            try {
                while (true) {
                    Thread.sleep(PERIOD);
                    lookAnyway();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // closed
            }
        });
        return this;
    }

    private void lookAnyway() {
        try {
            look();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "rooms that are watched could not be looked after", e);
        }
    }

    /** Ends what is idle or overdue, and comments where it is time. */
    public void look() {
        long now = nanoTime.getAsLong();
        boolean comment = now - commentedAt >= COMMENT_EVERY.toNanos();
        if (comment) {
            commentedAt = now;
        }
        hubs.values().forEach(hub -> {
            hub.look(now);
            if (comment) {
                hub.comment();
            }
        });
        hubs.values().removeIf(hub -> hub.discardIfIdle(now, KEPT_FOR));
    }

    /**
     * How many rooms are heard.
     *
     * @return how many
     */
    public int open() {
        return hubs.size();
    }

    /**
     * How many watch in some way.
     *
     * @param kind how
     * @return how many
     */
    public int watchers(WatcherKind kind) {
        return hubs.values().stream().mapToInt(hub -> hub.count(kind)).sum();
    }

    @Override
    public boolean isOpen(RoomCode room) {
        Hub hub = hubs.get(room);
        return hub != null && hub.isOpen();
    }

    @Override
    public Seat watch(RoomCode room, Place place, Viewer viewer) {
        SocketWatcher watcher = new SocketWatcher(viewer);
        enter(room, place, watcher, watcher::in);
        return watcher;
    }

    private void enter(RoomCode room, Place place, Watcher watcher, Consumer<Hub> in) {
        if (isUnsupported()) {
            watcher.end(FeedEnd.UNSUPPORTED);
            return;
        }
        Hub hub;
        do {
            hub = hubs.computeIfAbsent(room, this::open);
            in.accept(hub);
        } while (!hub.enter(watcher, place));
    }

    private Hub open(RoomCode room) {
        Hub hub = new Hub(room, news, perRoom, meter, nanoTime, this::ended);
        hub.open(bus);
        return hub;
    }

    // A room that is closed is still told about for a while to those who come back.
    private void ended(Hub hub) {
        Optional<FeedEnd.Kind> end = hub.end().map(FeedEnd::kind);
        if (end.equals(Optional.of(FeedEnd.Kind.UNSUPPORTED))) {
            unsupportedSince = nanoTime.getAsLong();
        }
        if (!end.equals(Optional.of(FeedEnd.Kind.CLOSED))) {
            hubs.remove(hub.room(), hub);
        }
    }

    private boolean isUnsupported() {
        Long since = unsupportedSince;
        return since != null && nanoTime.getAsLong() - since < UNSUPPORTED_FOR.toNanos();
    }

    @Override
    public Optional<Stream> open(RoomCode room, Caller caller, Optional<String> lastEventId) {
        sessions.take(caller);
        StreamWatcher watcher = new StreamWatcher(LegLimits.DEFAULT, sessions, caller);
        boolean opened = false;
        try {
            enter(room, lastEventId.map(Hubs::place).orElse(Place.NONE), watcher, watcher::in);
            FeedEnd never = watcher.awaitBeginning();
            opened = never == null;
            if (never != null && never.kind() != FeedEnd.Kind.CLOSED) {
                throw refusal(never);
            }
            return opened ? Optional.of(watcher) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(FeedEnd.DRAINED);
        } finally {
            if (!opened) {
                watcher.close();
            }
        }
    }

    private static Place place(String eventId) {
        int colon = eventId.lastIndexOf(':');
        try {
            return colon < 1
                    ? Place.NONE
                    : new Place(Long.parseLong(eventId.substring(colon + 1)), eventId.substring(0, colon));
        } catch (NumberFormatException e) {
            return Place.NONE; // an id that is none of ours
        }
    }

    private static RuntimeException refusal(FeedEnd end) {
        return switch (end.kind()) {
            case UNKNOWN_ROOM -> Refusal.of(ErrorCode.ROOM_NOT_FOUND, "There is no such room.");
            case UNSUPPORTED -> Refusal.of(ErrorCode.NOT_SUPPORTED, "The Ludo API lets nobody watch rooms.");
            case FULL ->
                Refusal.of(ErrorCode.UNAVAILABLE, "Too many watch this room.").with("Retry-After", "5");
            case DRAINED, CLOSED ->
                Refusal.of(ErrorCode.UNAVAILABLE, "The proxy is shutting down.").with("Retry-After", "5");
            case FAILED ->
                end.cause()
                        .map(Hubs::refusal)
                        .orElseGet(
                                () -> Refusal.of(ErrorCode.UPSTREAM_ERROR, "The Ludo API does not tell of the room."));
        };
    }

    private static RuntimeException refusal(CallException cause) {
        if (cause instanceof RejectedException no && no.status() == 429) {
            long wait = no.retryAfter().orElse(Duration.ofSeconds(1)).toSeconds();
            return Refusal.of(ErrorCode.UPSTREAM_UNAVAILABLE, "The Ludo API is asked too often.")
                    .with("Retry-After", Long.toString(wait));
        }
        return cause;
    }

    /** Looks after the hubs no more, and hears nothing any more. To be called when nobody watches any more. */
    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        hubs.values().removeIf(hub -> hub.discardIfIdle(nanoTime.getAsLong(), Duration.ZERO));
    }
}
