package dev.ludo.server.realtime;

import dev.ludo.client.frame.SendResult;
import dev.ludo.client.frame.SocketLeg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a client's messages go over: a connection, or none, or before the first one a wait for it that has bounds. They stay in
 * order. Thread-safe.
 */
final class Passage {
    /** More than a client has to say before it has heard anything. */
    private static final int MOST_WAITING = 32;

    private static final int MOST_BYTES_WAITING = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable SocketLeg leg;
    private @Nullable SocketLeg lost;
    private @Nullable List<byte[]> waiting;
    private int bytesWaiting;

    /** The connection; none while there is none. */
    @Nullable
    SocketLeg leg() {
        return leg;
    }

    /** Passes a message on, or keeps it; {@link SendResult#CLOSED} if it can do neither. */
    SendResult send(byte[] message) {
        SocketLeg to = leg;
        return to == null ? keep(message) : to.send(message);
    }

    private SendResult keep(byte[] message) {
        SocketLeg to;
        lock.lock();
        try {
            to = leg;
            if (to == null) {
                return tryKeep(message) ? SendResult.SENT : SendResult.CLOSED;
            }
        } finally {
            lock.unlock();
        }
        return to.send(message);
    }

    private boolean tryKeep(byte[] message) {
        if (waiting == null || waiting.size() == MOST_WAITING || bytesWaiting + message.length > MOST_BYTES_WAITING) {
            return false;
        }
        bytesWaiting += message.length;
        return waiting.add(message);
    }

    /** Keeps what is sent from now on for the first connection. */
    void expect() {
        lock.lock();
        try {
            waiting = new ArrayList<>(0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has a connection, unless that is lost already. What waits goes first, and nothing that comes meanwhile overtakes it. Does not wait for
     * the peer.
     *
     * @return what waited and could not be passed on
     */
    List<byte[]> open(SocketLeg to) {
        List<byte[]> left = new ArrayList<>(0);
        while (true) {
            List<byte[]> first;
            lock.lock();
            try {
                first = take();
                if (first.isEmpty()) {
                    waiting = null;
                    leg = lost == to ? null : to;
                    return left;
                }
                waiting = new ArrayList<>(0);
            } finally {
                lock.unlock();
            }
            for (byte[] message : first) {
                if (to.post(message) != SendResult.SENT) {
                    left.add(message);
                }
            }
        }
    }

    private List<byte[]> take() {
        List<byte[]> taken = waiting == null ? List.of() : waiting;
        waiting = null;
        bytesWaiting = 0;
        return taken;
    }

    /** Has lost a connection. */
    void lose(SocketLeg which) {
        lock.lock();
        try {
            lost = which;
            if (leg == which) {
                leg = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the first connection no more.
     *
     * @return what waited
     */
    List<byte[]> giveUp() {
        lock.lock();
        try {
            return take();
        } finally {
            lock.unlock();
        }
    }
}
