package dev.ludo.server.realtime;

import java.util.ArrayList;
import java.util.List;

/** What a client sends before its connection to the API stands, in order and not without bound. Guarded by whose it is. */
final class Early {
    /** More than a client has to say before it has heard anything. */
    private static final int MOST = 32;

    private static final int MOST_BYTES = 64 * 1024;

    private List<byte[]> messages = new ArrayList<>(0);
    private int left = MOST;
    private int bytesLeft = MOST_BYTES;

    /** Keeps a message, if there is room for it. */
    boolean hold(byte[] message) {
        if (left == 0 || message.length > bytesLeft) {
            return false;
        }
        left--;
        bytesLeft -= message.length;
        return messages.add(message);
    }

    /** Gives what was kept since the last call. */
    List<byte[]> take() {
        List<byte[]> taken = messages;
        messages = new ArrayList<>(0);
        return taken;
    }
}
