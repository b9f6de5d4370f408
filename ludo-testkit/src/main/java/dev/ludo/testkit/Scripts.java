package dev.ludo.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The answers that were scripted and have not been given yet, the oldest first. Thread-safe. */
final class Scripts {
    private record Scripted(RequestPattern pattern, Reply reply) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Scripted> waiting = new ArrayList<>();

    void add(RequestPattern pattern, Reply reply) {
        lock.lock();
        try {
            waiting.add(new Scripted(pattern, reply));
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest answer for such a request. */
    Optional<Answer> next(String method, String path) {
        lock.lock();
        try {
            Optional<Scripted> first = waiting.stream()
                    .filter(scripted -> scripted.pattern.fits(method, path))
                    .findFirst();
            first.ifPresent(waiting::remove);
            return first.map(scripted -> scripted.reply.answer());
        } finally {
            lock.unlock();
        }
    }

    /** For which requests answers still wait. */
    List<RequestPattern> unused() {
        lock.lock();
        try {
            return waiting.stream().map(Scripted::pattern).toList();
        } finally {
            lock.unlock();
        }
    }

    void reset() {
        lock.lock();
        try {
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }
}
