package dev.ludo.server.worker;

import dev.ludo.server.inbox.InboxEntry;
import java.time.Instant;

/** An event on its way to a target. */
final class Letter {
    private final String id;
    private final String room;
    private final Instant acceptedAt;
    private final byte[] body;

    private Letter(String id, String room, Instant acceptedAt, byte[] body) {
        this.id = id;
        this.room = room;
        this.acceptedAt = acceptedAt;
        this.body = body;
    }

    static Letter of(InboxEntry entry) {
        return new Letter(entry.id(), EventRoom.of(entry.body()), entry.acceptedAt(), entry.body());
    }

    static Letter of(DeadLetter dead) {
        return new Letter(dead.id(), dead.room(), dead.acceptedAt(), dead.bytes());
    }

    String id() {
        return id;
    }

    /** The room that it is of; empty if it is of none. */
    String room() {
        return room;
    }

    Instant acceptedAt() {
        return acceptedAt;
    }

    byte[] body() {
        return body;
    }
}
