package dev.ludo.server.realtime;

import java.util.ArrayList;
import java.util.List;

/** What a client sends before its connection to the API stands, in order and not without bound. Guarded by whose it is. */
final class Early {
    /** More than a client has to say before it has heard anything. */
    private static final int MOST = 32;

    private static final int MOST_BYTES = 64 * 1024;

    private List<byte[]> messages = new ArrayList<>(0);
    private int bytes;

    /** Keeps a message, if there is room for it. */
    boolean hold(byte[] message) {
        if (messages.size() == MOST || bytes + message.length > MOST_BYTES) {
            return false;
        }
        bytes += message.length;
        return messages.add(message);
    }

    /** Gives what was kept since the last call. */
    List<byte[]> take() {
        List<byte[]> taken = messages;
        messages = new ArrayList<>(0);
        bytes = 0;
        return taken;
    }
}
