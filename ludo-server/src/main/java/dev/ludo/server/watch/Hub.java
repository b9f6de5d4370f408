package dev.ludo.server.watch;

import dev.ludo.core.model.RoomCode;
import dev.ludo.server.cache.Touched;
import dev.ludo.server.realtime.Gallery.Place;
import dev.ludo.server.realtime.ProxyMessages;
import dev.ludo.server.realtime.RoomNews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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

    private record Newcomer(Watcher watcher, Place place, long since) {}

    private final RoomCode room;
    private final RoomNews news;
    private final int most;
    private final WatchMeter meter;
    private final LongSupplier nanoTime;
    private final Consumer<Hub> whenOver;

    private final ReentrantLock lock = new ReentrantLock();
    private final History history = new History();
    private final Crowd crowd = new Crowd();
    private final List<Newcomer> waiting = new ArrayList<>();
    private final StateQuestions asking;
    private final RoomQuestion question = new RoomQuestion();
    private RoomBus.@Nullable Feed feed;
    private boolean away;
    private boolean discarded;
    private @Nullable FeedEnd end;
    private long idleSince;

    /**
     * A hub for a room that is not heard yet.
     *
     * @param room the room
     * @param news told whenever something has happened in it
     * @param most how many may watch
     * @param meter counts
     * @param nanoTime the clock that durations are measured by
     * @param whenOver told when nothing is heard any more
     */
    Hub(RoomCode room, RoomNews news, int most, WatchMeter meter, LongSupplier nanoTime, Consumer<Hub> whenOver) {
        this.room = room;
        this.news = news;
        this.most = most;
        this.meter = meter;
        this.nanoTime = nanoTime;
        this.whenOver = whenOver;
        this.idleSince = nanoTime.getAsLong();
        this.asking = new StateQuestions(idleSince);
    }

    RoomCode room() {
        return room;
    }

    /** Does something under the lock, and then lets those go for whom there was no room. */
    private <T> T exclusively(Supplier<T> work) {
        T result;
        List<Watcher> slow;
        lock.lock();
        try {
            result = work.get();
            slow = crowd.takeSlow();
            if (!slow.isEmpty()) {
                slow.forEach(asking::remove);
                idleSince = nanoTime.getAsLong();
            }
        } finally {
            lock.unlock();
        }
        for (Watcher watcher : slow) {
            meter.cut(watcher.kind());
            watcher.cut();
        }
        return result;
    }

    private void exclusively(Runnable work) {
        exclusively(() -> {
            work.run();
            return this;
        });
    }

    /** Begins to hear the room. */
    void open(RoomBus bus) {
        exclusively(() -> feed = bus.open(room, this));
    }

    /** Whether the room is heard just now. */
    boolean isOpen() {
        return exclusively(() -> history.isKnown() && !away && end == null && !discarded);
    }

    /** Why nothing is heard any more, if that is so. */
    Optional<FeedEnd> end() {
        return exclusively(() -> Optional.ofNullable(end));
    }

    int count(WatcherKind kind) {
        return exclusively(() -> crowd.count(kind));
    }

    /** Lets somebody in; false if the hub is none any more, and there may be another. */
    boolean enter(Watcher watcher, Place place) {
        Optional<Runnable> afterwards = exclusively(() -> letIn(watcher, place));
        afterwards.ifPresent(Runnable::run);
        return afterwards.isPresent();
    }

    private Optional<Runnable> letIn(Watcher watcher, Place place) {
        if (discarded) {
            return Optional.empty();
        }
        FeedEnd over = end == null && crowd.size() + waiting.size() >= most ? FeedEnd.FULL : end;
        if (over == null) {
            waiting.add(new Newcomer(watcher, place, nanoTime.getAsLong()));
            admit();
            return Optional.of(() -> {});
        }
        if (end != null) {
            tellTheRest(watcher, place);
        }
        return Optional.of(() -> watcher.end(over));
    }

    // Who comes back to a room that is closed by now hears what it has missed. A socket is told in any case.
    private void tellTheRest(Watcher watcher, Place place) {
        History.Welcome welcome = history.welcome(place);
        if (welcome != null && (watcher.kind() == WatcherKind.SOCKET || welcome.isComeback())) {
            watcher.offer(welcome.bytes(watcher.kind()), welcome.count());
        }
    }

    /** Lets those in who wait and can be told how the room stands. A stream does not begin in a room that is closed. */
    private void admit() {
        for (Iterator<Newcomer> each = waiting.iterator(); each.hasNext(); ) {
            Newcomer newcomer = each.next();
            Watcher watcher = newcomer.watcher();
            boolean late = isTooLate(watcher) || mayLearn(newcomer.place());
            History.Welcome welcome = late ? null : history.welcome(newcomer.place());
            if (welcome != null) {
                each.remove();
                crowd.add(watcher, welcome);
                if (newcomer.place().isKnown()) {
                    meter.cameBack(watcher.kind(), welcome.resumed());
                }
            }
        }
        boolean canBeTold = waiting.stream().anyMatch(newcomer -> !isTooLate(newcomer.watcher()));
        if (canBeTold || history.sinceJoined() >= LONG_WELCOME) {
            askForRoom();
        }
    }

    private boolean isTooLate(Watcher watcher) {
        return history.isClosed() && watcher.kind() == WatcherKind.STREAM;
    }

    /** Whether what somebody has missed may be had of the API, since nobody has asked for as much yet. */
    private boolean mayLearn(Place place) {
        return !away && history.isBefore(place) && question.mayTell(place);
    }

    private void askForRoom() {
        long now = nanoTime.getAsLong();
        if (history.isKnown() && question.isDue(now) && !away && feed != null) {
            Place oldest = waiting.stream()
                    .map(Newcomer::place)
                    .filter(this::mayLearn)
                    .min(Comparator.comparingLong(Place::lastSeq))
                    .orElse(Place.NONE);
            question.ask(feed, oldest, now);
        }
    }

    /** Lets somebody go. */
    void leave(Watcher watcher) {
        exclusively(() -> {
            crowd.remove(watcher);
            asking.remove(watcher);
            waiting.removeIf(newcomer -> newcomer.watcher().equals(watcher));
            idleSince = nanoTime.getAsLong();
        });
    }

    /** Somebody wants to know the game's state. */
    void askForState(Watcher watcher) {
        exclusively(() -> {
            if (!crowd.contains(watcher)) {
                return; // it is told when it is let in
            }
            asking.add(watcher);
            askForStateIfDue();
        });
    }

    private void askForStateIfDue() {
        long now = nanoTime.getAsLong();
        if (asking.isDue(now)) {
            asking.asked(now);
            if (away || feed == null || !feed.askForState()) {
                tellNoState();
            }
        }
    }

    private void tellNoState() {
        byte[] json = ProxyMessages.error("UNAVAILABLE", "The connection to the API is lost for a moment.", "");
        tellAsking(RoomText.unnumbered(json, Reading.ERROR));
    }

    private void tellAsking(RoomText answer) {
        crowd.tell(answer, asking::contains);
        asking.clear();
    }

    @Override
    public void joined(RoomText joined, boolean lost) {
        news.heard(room, lost ? Touched.RATINGS : Touched.ROOM); // whatever was lost
        exclusively(() -> {
            question.answered();
            if (lost) {
                question.startOver();
            }
            history.stands(joined, lost);
            if (lost) {
                crowd.tell(joined, watcher -> watcher.kind() == WatcherKind.STREAM); // who has a socket may ask
            }
            admit();
        });
    }

    @Override
    public void remembered(List<RoomText> older) {
        exclusively(() -> {
            question.answered();
            history.remember(older);
            admit();
        });
    }

    @Override
    public void broadcast(RoomText broadcast) {
        // First, so that whoever reads because of the message reads what is new.
        news.heard(room, broadcast.touched());
        exclusively(() -> {
            history.add(broadcast);
            crowd.tell(broadcast);
            if (history.sinceJoined() >= LONGEST_WELCOME) {
                askForRoom();
            }
        });
    }

    @Override
    public void answered(RoomText answer) {
        exclusively(() -> {
            if (asking.isEmpty()) {
                question.refused(nanoTime.getAsLong());
                admit();
            }
            tellAsking(answer);
        });
    }

    @Override
    public void away(int attempt) {
        exclusively(() -> {
            away = true;
            question.lost();
            tellNoState();
            admit(); // nothing more is told of the past for now
            crowd.tell(RoomText.unnumbered(ProxyMessages.reconnecting(attempt), "proxy:reconnecting"));
        });
    }

    @Override
    public void back(long seq, boolean resumed) {
        exclusively(() -> {
            away = false;
            crowd.tell(RoomText.unnumbered(ProxyMessages.resumed(seq, resumed), "proxy:resumed"));
            admit();
        });
    }

    @Override
    public void ended(FeedEnd why) {
        List<Watcher> all = exclusively(() -> {
            end = why;
            List<Watcher> gone = new ArrayList<>(crowd.takeAll());
            waiting.forEach(newcomer -> gone.add(newcomer.watcher()));
            waiting.clear();
            asking.clear();
            idleSince = nanoTime.getAsLong();
            return gone;
        });
        whenOver.accept(this);
        all.forEach(watcher -> watcher.end(why));
    }

    /** Lets streams know that they are still there. */
    void comment() {
        exclusively(crowd::comment);
    }

    /** Lets those go who have waited too long to be let in, and asks what is due to be asked. */
    void look(long now) {
        List<Watcher> late = exclusively(() -> {
            askForStateIfDue();
            if (!waiting.isEmpty()) {
                admit();
            }
            List<Watcher> gone = waiting.stream()
                    .filter(newcomer -> now - newcomer.since() > PATIENCE.toNanos())
                    .map(Newcomer::watcher)
                    .toList();
            waiting.removeIf(newcomer -> gone.contains(newcomer.watcher()));
            return gone;
        });
        late.forEach(watcher -> watcher.end(FeedEnd.UNANSWERED));
    }

    /** Ends it if nobody has watched for so long; gives whether it has ended. */
    boolean discardIfIdle(long now, Duration since) {
        return exclusively(() -> {
            boolean idle = crowd.size() == 0 && waiting.isEmpty() && now - idleSince >= since.toNanos();
            if (idle && feed != null) {
                feed.close();
            }
            discarded |= idle;
            return discarded;
        });
    }
}
