package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.json.LudoJson;
import dev.ludo.testkit.fault.ActiveFault;
import dev.ludo.testkit.fault.Direction;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.Faults;
import dev.ludo.testkit.fault.MessageFault;
import dev.ludo.testkit.fault.Stage;
import dev.ludo.testkit.journal.JournalRecorder;
import io.helidon.websocket.WsCloseException;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;

/** Takes the messages of one socket to where they are understood, as the faults allow, and into the journal. For one thread. */
final class MessageFaults {
    private final Faults faults;
    private final JournalRecorder journal;
    private final int connection;
    private final FrameSender sender;
    private final Outbox outbox;
    private final SocketTalk talk;
    private Optional<byte[]> heldBack = Optional.empty();
    private boolean deaf;

    MessageFaults(
            Faults faults, JournalRecorder journal, Wire wire, FrameSender sender, Outbox outbox, SocketTalk talk) {
        this.faults = faults;
        this.journal = journal;
        this.connection = wire.number();
        this.sender = sender;
        this.outbox = outbox;
        this.talk = talk;
    }

    /** Takes a ping; says whether it is to be answered. */
    boolean hearPing(byte[] payload) {
        Optional<ActiveFault> hit = faults.onPing();
        journal.control(Direction.IN, connection, "ping", new String(payload, UTF_8), hit.map(ActiveFault::id));
        return hit.isEmpty();
    }

    /** Takes a pong or a close. */
    void hearControl(String opcode, String text) {
        journal.control(Direction.IN, connection, opcode, text, Optional.empty());
    }

    /** Takes a message. */
    void hear(byte[] message) throws InterruptedException {
        Optional<ActiveFault> hit =
                faults.list().isEmpty() ? Optional.empty() : faults.onMessage(Direction.IN, typeOf(message));
        journal.message(Direction.IN, connection, message, 0, hit.map(ActiveFault::id));
        if (deaf) {
            return;
        }
        if (hit.isPresent()) {
            Fault fault = hit.get().rule().fault();
            if (hit.get().rule().stage() == Stage.BEFORE) {
                instead(fault, message);
            } else {
                afterwards(fault, hit.get(), message);
            }
            return;
        }
        talk.hear(message);
        Optional<byte[]> late = heldBack;
        heldBack = Optional.empty();
        late.ifPresent(talk::hear);
    }

    private static String typeOf(byte[] message) {
        try {
            return LudoJson.parseObject(message).get("type") instanceof JsonString type ? type.getString() : "";
        } catch (MalformedJsonException e) {
            return ""; // what is no JSON has no type; it is refused where it is understood
        }
    }

    private void instead(Fault fault, byte[] message) throws InterruptedException {
        switch (fault) {
            case Fault.Delay delay -> {
                outbox.pause(delay.duration());
                talk.hear(message);
            }
            case MessageFault.Skip skip -> {}
            case MessageFault.Duplicate duplicate -> {
                talk.hear(message);
                talk.hear(message);
            }
            case MessageFault.Reorder reorder -> heldBack = Optional.of(message);
            case Fault.Garble garble -> talk.hear(garbled(message));
            case MessageFault.Malformed malformed -> talk.hear(garbled(message));
            case MessageFault.Oversize oversize ->
                throw new WsCloseException("a message was to be too big", CloseCode.TOO_BIG.number());
            case Fault.Drop drop -> end(fault);
            case MessageFault.Abort abort -> end(fault);
            case Fault.Reset reset -> end(fault);
            case Fault.Stall stall -> end(fault);
            case MessageFault.Close close -> end(fault);
            case Fault.Status f -> throw notForThese(f);
            case Fault.SlowBody f -> throw notForThese(f);
            case Fault.Truncate f -> throw notForThese(f);
            case MessageFault.NoPong f -> throw notForThese(f);
        }
    }

    private static byte[] garbled(byte[] message) {
        return CallFaults.garbled(new String(message, UTF_8)).getBytes(UTF_8);
    }

    private static IllegalStateException notForThese(Fault fault) {
        return new IllegalStateException(fault.kind() + " hits no messages of clients");
    }

    /** Does what the message says, but nothing of what comes of it goes out before the fault has struck. */
    private void afterwards(Fault fault, ActiveFault hit, byte[] message) throws InterruptedException {
        outbox.hold();
        try {
            talk.hear(message);
            if (fault instanceof Fault.Delay delay) {
                outbox.pause(delay.duration());
            } else if (isEnd(fault)) {
                outbox.editHeld(List::clear);
                end(fault);
            } else {
                outbox.editHeld(frames -> hurtAnswer(frames, hit));
            }
        } finally {
            outbox.release();
        }
    }

    /** The last answer to this client alone is what the fault hits; what everybody is told is not. */
    private static void hurtAnswer(List<OutFrame> frames, ActiveFault hit) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (frames.get(i).isAnswer()) {
                frames.set(i, frames.get(i).hitBy(hit));
                return;
            }
        }
    }

    private static boolean isEnd(Fault fault) {
        return fault instanceof Fault.Drop
                || fault instanceof MessageFault.Abort
                || fault instanceof Fault.Reset
                || fault instanceof Fault.Stall
                || fault instanceof MessageFault.Close;
    }

    private void end(Fault fault) {
        deaf = true;
        if (fault instanceof MessageFault.Close close) {
            talk.over();
            outbox.endNow(Frames.close(close.code(), close.reason()));
        } else if (fault instanceof Fault.Reset) {
            sender.reset();
        } else if (fault instanceof Fault.Stall) {
            sender.silence();
        } else {
            sender.cut();
        }
    }
}
