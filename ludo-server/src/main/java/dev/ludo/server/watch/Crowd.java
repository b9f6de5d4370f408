package dev.ludo.server.watch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Those who have been let in by a hub. Who reads so slowly that there is no room is put aside. Guarded by the hub's lock. */
final class Crowd {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Set<Watcher> all = new LinkedHashSet<>();
    private List<Watcher> slow = List.of();

    int size() {
        return all.size();
    }

    int count(WatcherKind kind) {
        return (int) all.stream().filter(watcher -> watcher.kind() == kind).count();
    }

    boolean contains(Watcher watcher) {
        return all.contains(watcher);
    }

    /** Lets somebody in, with the first that it is told. */
    void add(Watcher watcher, History.Welcome welcome) {
        all.add(watcher);
        offer(watcher, welcome.bytes(watcher.kind()), welcome.count());
        letGoTheSlow();
    }

    void remove(Watcher watcher) {
        all.remove(watcher);
    }

    /** Tells everybody. */
    void tell(RoomText text) {
        tell(text, watcher -> true);
    }

    /** Tells those who are meant. */
    void tell(RoomText text, Predicate<Watcher> whom) {
        for (Watcher watcher : all) {
            if (whom.test(watcher)) {
                offer(watcher, text.bytes(watcher.kind()), 1);
            }
        }
        letGoTheSlow();
    }

    /** Lets streams know that they are still there, so that nobody on the way thinks them dead. */
    void comment() {
        for (Watcher watcher : all) {
            if (watcher.kind() == WatcherKind.STREAM) {
                offer(watcher, COMMENT, 0);
            }
        }
        letGoTheSlow();
    }

    private void offer(Watcher watcher, byte[] bytes, int count) {
        if (!watcher.offer(bytes, count)) {
            if (slow.isEmpty()) {
                slow = new ArrayList<>();
            }
            slow.add(watcher);
        }
    }

    private void letGoTheSlow() {
        slow.forEach(all::remove);
    }

    /** Those who were put aside since this was asked last. */
    List<Watcher> takeSlow() {
        List<Watcher> taken = slow;
        slow = List.of();
        return taken;
    }

    /** Lets everybody go, and gives who they were. */
    List<Watcher> takeAll() {
        List<Watcher> taken = List.copyOf(all);
        all.clear();
        return taken;
    }
}
