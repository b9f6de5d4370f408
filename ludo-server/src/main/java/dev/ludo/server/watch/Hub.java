package dev.ludo.server.watch;

import dev.ludo.core.model.RoomCode;
import dev.ludo.server.realtime.Gallery.Place;
import dev.ludo.server.realtime.ProxyMessages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who watch one room, and what they are told: each how the room stands when it comes, and then every broadcast from
 * there on, in the bytes that all share. Nobody is waited for. Thread-safe.
 */
final class Hub implements RoomBus.Listener {
    /** After so many broadcasts a newcomer has it asked how the room stands, so that the next ones hear less. */
    private static final int LONG_WELCOME = 32;

    /** After so many it is asked in any case, before it cannot be told any more. */
    private static final int LONGEST_WELCOME = History.KEPT - 64;

    /** How long somebody waits to be told how the room stands. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private record Newcomer(Watcher watcher, Place place, long since) {}

    private final RoomCode room;
    private final Runnable heard;
    private final int most;
    private final WatchMeter meter;
    private final LongSupplier nanoTime;
    private final Consumer<Hub> whenOver;

    private final ReentrantLock lock = new ReentrantLock();
    private final History history = new History();
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final List<Newcomer> waiting = new ArrayList<>();
    private final Set<Watcher> asking = new LinkedHashSet<>();
    private RoomBus.@Nullable Feed feed;
    private boolean heardOnce;
    private boolean away;
    private boolean asked;
    private @Nullable FeedEnd end;
    private boolean discarded;
    private long idleSince;

    Hub(RoomCode room, Runnable heard, int most, WatchMeter meter, LongSupplier nanoTime, Consumer<Hub> whenOver) {
        this.room = room;
        this.heard = heard;
        this.most = most;
        this.meter = meter;
        this.nanoTime = nanoTime;
        this.whenOver = whenOver;
        this.idleSince = nanoTime.getAsLong();
    }

    RoomCode room() {
        return room;
    }

    void open(RoomBus bus) {
        lock.lock();
        try {
            feed = bus.open(room, this);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the room is heard just now. */
    boolean isOpen() {
        lock.lock();
        try {
            return heardOnce && !away && end == null && !discarded;
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing is heard any more, if that is so. */
    @Nullable
    FeedEnd end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    int count(WatcherKind kind) {
        lock.lock();
        try {
            return (int)
                    watchers.stream().filter(watcher -> watcher.kind() == kind).count();
        } finally {
            lock.unlock();
        }
    }

    /** Lets somebody in; false if the hub is none any more, and there may be another. */
    boolean enter(Watcher watcher, Place place) {
        FeedEnd over = null;
        boolean slow = false;
        lock.lock();
        try {
            if (discarded) {
                return false;
            }
            if (end != null) {
                over = end;
                tellTheRest(watcher, place);
            } else if (watchers.size() + waiting.size() >= most) {
                over = FeedEnd.FULL;
            } else if (history.isKnown(place)) {
                slow = !admit(watcher, place);
            } else {
                waiting.add(new Newcomer(watcher, place, nanoTime.getAsLong()));
                askForRoom();
            }
        } finally {
            lock.unlock();
        }
        if (over != null) {
            watcher.end(over);
        } else if (slow) {
            cut(List.of(watcher));
        }
        return true;
    }

    // Who comes back to a room that is closed by now hears what it has missed. A socket is told in any case.
    private void tellTheRest(Watcher watcher, Place place) {
        History.Welcome welcome = history.welcome(place);
        if (welcome != null && (watcher.kind() == WatcherKind.SOCKET || welcome.isComeback())) {
            watcher.offer(welcome.bytes(watcher.kind()), welcome.count());
        }
    }

    private boolean admit(Watcher watcher, Place place) {
        History.Welcome welcome = history.welcome(place);
        if (welcome == null) {
            throw new IllegalStateException("it was known how the room stands");
        }
        if (place.isKnown()) {
            meter.cameBack(watcher.kind(), welcome.resumed());
        }
        boolean taken = watcher.offer(welcome.bytes(watcher.kind()), welcome.count());
        if (taken) {
            watchers.add(watcher);
        }
        if (history.sinceJoined() >= LONG_WELCOME) {
            askForRoom();
        }
        return taken;
    }

    private void askForRoom() {
        if (heardOnce && !asked && !away && feed != null) {
            asked = feed.askForRoom();
        }
    }

    /** Lets somebody go. */
    void leave(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
            asking.remove(watcher);
            waiting.removeIf(newcomer -> newcomer.watcher().equals(watcher));
            idleSince = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody wants to know the game's state. */
    void askForState(Watcher watcher) {
        lock.lock();
        try {
            if (!watchers.contains(watcher)) {
                return; // it is told when it is let in
            }
            asking.add(watcher);
            boolean first = asking.size() == 1;
            if (first && (away || feed == null || !feed.askForState())) {
                tellNoState();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellNoState() {
        byte[] json = ProxyMessages.error("UNAVAILABLE", "The connection to the API is lost for a moment.", "");
        tellAsking(RoomText.unnumbered(json, Reading.ERROR));
    }

    private void tellAsking(RoomText answer) {
        asking.forEach(watcher -> watcher.offer(answer.bytes(watcher.kind()), 1));
        asking.clear();
    }

    @Override
    public void joined(RoomText joined, boolean lost) {
        heard.run();
        List<Watcher> slow = new ArrayList<>(0);
        lock.lock();
        try {
            heardOnce = true;
            asked = false;
            if (lost) {
                history.forget();
            }
            history.stands(joined);
            if (lost) {
                tell(joined, WatcherKind.STREAM, slow); // who has a socket may ask
            }
            List<Newcomer> all = List.copyOf(waiting);
            waiting.clear();
            for (Newcomer newcomer : all) {
                if (!admit(newcomer.watcher(), newcomer.place())) {
                    slow.add(newcomer.watcher());
                }
            }
        } finally {
            lock.unlock();
        }
        cut(slow);
    }

    @Override
    public void broadcast(RoomText broadcast) {
        heard.run(); // first, so that whoever reads because of the message reads what is new
        List<Watcher> slow = new ArrayList<>(0);
        lock.lock();
        try {
            history.add(broadcast);
            tell(broadcast, null, slow);
            if (history.sinceJoined() >= LONGEST_WELCOME) {
                askForRoom();
            }
        } finally {
            lock.unlock();
        }
        cut(slow);
    }

    /** Tells all of one kind, or of both; those for whom there is no room are let go. */
    private void tell(RoomText text, @Nullable WatcherKind only, List<Watcher> slow) {
        for (Watcher watcher : watchers) {
            if ((only == null || watcher.kind() == only) && !watcher.offer(text.bytes(watcher.kind()), 1)) {
                slow.add(watcher);
            }
        }
        forget(slow);
    }

    private void forget(List<Watcher> slow) {
        if (!slow.isEmpty()) {
            slow.forEach(watchers::remove);
            slow.forEach(asking::remove);
            idleSince = nanoTime.getAsLong();
        }
    }

    private void cut(List<Watcher> slow) {
        for (Watcher watcher : slow) {
            meter.cut(watcher.kind());
            watcher.cut();
        }
    }

    @Override
    public void answered(RoomText answer) {
        lock.lock();
        try {
            if (asking.isEmpty()) {
                asked = false; // an error, that is
            }
            tellAsking(answer);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void away(int attempt) {
        List<Watcher> slow = new ArrayList<>(0);
        lock.lock();
        try {
            away = true;
            asked = false;
            tellNoState();
            tell(RoomText.unnumbered(ProxyMessages.reconnecting(attempt), "proxy:reconnecting"), null, slow);
        } finally {
            lock.unlock();
        }
        cut(slow);
    }

    @Override
    public void back(long seq, boolean resumed) {
        List<Watcher> slow = new ArrayList<>(0);
        lock.lock();
        try {
            away = false;
            tell(RoomText.unnumbered(ProxyMessages.resumed(seq, resumed), "proxy:resumed"), null, slow);
            if (!waiting.isEmpty()) {
                askForRoom();
            }
        } finally {
            lock.unlock();
        }
        cut(slow);
    }

    @Override
    public void ended(FeedEnd why) {
        List<Watcher> all;
        lock.lock();
        try {
            end = why;
            all = new ArrayList<>(watchers);
            waiting.forEach(newcomer -> all.add(newcomer.watcher()));
            watchers.clear();
            waiting.clear();
            asking.clear();
            idleSince = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
        whenOver.accept(this);
        all.forEach(watcher -> watcher.end(why));
    }

    /** Lets streams know that they are still there, so that nobody on the way thinks them dead. */
    void comment() {
        List<Watcher> slow = new ArrayList<>(0);
        lock.lock();
        try {
            for (Watcher watcher : watchers) {
                if (watcher.kind() == WatcherKind.STREAM && !watcher.offer(COMMENT, 0)) {
                    slow.add(watcher);
                }
            }
            forget(slow);
        } finally {
            lock.unlock();
        }
        cut(slow);
    }

    /** Lets those go who have waited too long to be let in. */
    void dismissImpatient(long now) {
        List<Watcher> late = new ArrayList<>(0);
        lock.lock();
        try {
            waiting.removeIf(newcomer -> {
                boolean over = now - newcomer.since() > PATIENCE.toNanos();
                if (over) {
                    late.add(newcomer.watcher());
                }
                return over;
            });
        } finally {
            lock.unlock();
        }
        late.forEach(watcher -> watcher.end(FeedEnd.UNANSWERED));
    }

    /** Ends it if nobody has watched for so long; gives whether it has ended. */
    boolean discardIfIdle(long now, Duration since) {
        RoomBus.Feed unused;
        lock.lock();
        try {
            boolean idle = watchers.isEmpty() && waiting.isEmpty() && now - idleSince >= since.toNanos();
            if (!idle) {
                return false;
            }
            discarded = true;
            unused = feed;
        } finally {
            lock.unlock();
        }
        if (unused != null) {
            unused.close();
        }
        return true;
    }
}
