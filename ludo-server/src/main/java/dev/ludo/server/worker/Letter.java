package dev.ludo.server.worker;

import dev.ludo.server.inbox.InboxEntry;
import java.time.Instant;

/** An event on its way to a target. */
final class Letter {
    private final String id;
    private final Instant acceptedAt;
    private final byte[] body;

    private Letter(String id, Instant acceptedAt, byte[] body) {
        this.id = id;
        this.acceptedAt = acceptedAt;
        this.body = body;
    }

    static Letter of(InboxEntry entry) {
        return new Letter(entry.id(), entry.acceptedAt(), entry.body());
    }

    static Letter of(DeadLetter dead) {
        return new Letter(dead.id(), dead.acceptedAt(), dead.bytes());
    }

    String id() {
        return id;
    }

    /** The room that it is of; empty if it is of none. Found in the body each time. */
    String room() {
        return EventRoom.of(body);
    }

    Instant acceptedAt() {
        return acceptedAt;
    }

    byte[] body() {
        return body;
    }
}
