package dev.ludo.server.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Accepts deliveries until it is killed, and prints each id once it counts as accepted. */
final class AcceptingProgram {
    private AcceptingProgram() {}

    /** What an event tells: it names one of four players. */
    static byte[] body(String id) {
        int hash = Math.floorMod(id.hashCode(), 120);
        return ("{\"id\":\"" + id + "\",\"player\":\"plr_" + hash % 4 + "\"}")
                .repeat(1 + hash / 4)
                .getBytes(UTF_8);
    }

    /** Takes the folder, a name for this life, and how many callers there are. */
    public static void main(String[] arguments) throws IOException {
        FileInbox inbox = FileInbox.open(
                Path.of(arguments[0]),
                new Journal.Limits(64 * 1024, 100, FileInbox.IDS_KEPT, () -> Long.MAX_VALUE, Duration.ofHours(1)),
                Clock.systemUTC());
        for (int caller = 0; caller < Integer.parseInt(arguments[2]); caller++) {
            String name = arguments[1] + '_' + caller;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; ; i++) {
                    String id = "msg_" + name + '_' + i;
                    inbox.accept(id, body(id));
                    System.out.println(id);
                }
            });
        }
    }
}
