package dev.ludo.client.realtime;

import dev.ludo.client.frame.SocketLeg;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.json.CommandCodec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out when all that was missed has been told, so that moves that were under way when the API was lost are known to have
 * been made or not. For the thread that reads.
 *
 * <p>When a Ludo proxy on the way loses the API, the socket stays, and so does what was sent over it: a move may reach the
 * proxy only after that is back, and be made then. So the API is asked for a sign of life over the same way, and only when
 * that has come, behind everything that was sent before, nothing can happen to a move any more.
 */
final class CatchUp {
    private static final String OURS = "ludo-behind-";
    private static final Drop LOST =
            new Drop(CloseCode.ABNORMAL.number(), "a proxy on the way lost the API", Drop.By.NOBODY, Optional.empty());

    private final Answers answers;
    private final History history;

    private boolean behind;
    private long to;
    private boolean lost;
    private int asked;
    private Optional<String> awaited = Optional.empty();

    CatchUp(Answers answers, History history) {
        this.answers = answers;
        this.history = history;
    }

    /** There is another socket. */
    void restart() {
        behind = false;
        lost = false;
        awaited = Optional.empty();
    }

    /** The room is joined again, and what was missed follows up to a broadcast. */
    void from(long seq) {
        behind = true;
        to = seq;
        look();
    }

    /** Takes a proxy's notice; false if the room is to be joined over another socket, for what was missed is gone. */
    boolean isBorne(ProxyNotice notice, SocketLeg leg) {
        switch (notice) {
            case ProxyNotice.Lost again when lost -> {} // it counts its attempts
            case ProxyNotice.Lost now -> {
                restart();
                lost = true;
                answers.dropped(LOST);
            }
            case ProxyNotice.Back(long seq, boolean resumed) -> {
                lost = false;
                if (resumed && answers.isInDoubt()) {
                    ask(leg);
                    from(seq);
                }
                return resumed;
            }
        }
        return true;
    }

    private void ask(SocketLeg leg) {
        awaited = Optional.of(OURS + ++asked);
        leg.send(CommandCodec.write(new RoomCommand.Ping(awaited)).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an event answers what was asked here, and is of no interest to anybody else. */
    boolean isOurs(RoomEvent event) {
        Optional<String> id = switch (event) {
            case RoomEvent.Pong pong -> pong.requestId();
            case RoomEvent.Refused no -> no.requestId();
            default -> Optional.empty();
        };
        if (id.isEmpty() || !id.get().startsWith(OURS)) {
            return false;
        }
        if (event instanceof RoomEvent.Pong && id.equals(awaited)) {
            awaited = Optional.empty();
            look();
        }
        return true;
    }

    /** A broadcast was told. */
    void look() {
        if (behind && awaited.isEmpty() && history.last() >= to) {
            behind = false;
            answers.caughtUp();
        }
    }
}
