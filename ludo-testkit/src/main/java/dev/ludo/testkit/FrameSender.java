package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.testkit.fault.ActiveFault;
import dev.ludo.testkit.fault.Direction;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.Faults;
import dev.ludo.testkit.fault.MessageFault;
import dev.ludo.testkit.fault.Stage;
import dev.ludo.testkit.journal.JournalRecorder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Writes the frames of one socket to its connection, as the faults allow, and into the journal. One thread sends. */
final class FrameSender implements Outbox.Line {
    private static final int SLOW_PIECES_PER_SECOND = 20;

    private final Wire wire;
    private final int connection;
    private final Faults faults;
    private final JournalRecorder journal;
    private Optional<byte[]> heldBack = Optional.empty();
    /** Whether nothing more is sent, whatever it is. */
    private volatile boolean silent;

    FrameSender(Wire wire, Faults faults, JournalRecorder journal) {
        this.wire = wire;
        this.connection = wire.number();
        this.faults = faults;
        this.journal = journal;
    }

    @Override
    public void send(OutFrame frame, Outbox from) throws InterruptedException {
        if (silent) {
            return;
        }
        Optional<ActiveFault> hit = frame.hit().isPresent() || frame.type().isEmpty()
                ? frame.hit()
                : faults.onMessage(Direction.OUT, frame.type());
        if (hit.isPresent()) {
            hurt(frame.get(), hit.get(), from);
        } else {
            put(frame.get());
            putHeldBack();
        }
    }

    /** Sends the close, and before it what was held back. */
    @Override
    public void sendLast(byte[] close) {
        if (!silent) {
            putHeldBack();
            put(close);
        }
    }

    private void putHeldBack() {
        Optional<byte[]> frame = heldBack;
        heldBack = Optional.empty();
        frame.ifPresent(wire::write);
    }

    private void put(byte[] frame) {
        record(frame, Optional.empty());
        wire.write(frame);
    }

    private void record(byte[] frame, Optional<String> fault) {
        int payload = Frames.payloadAt(frame);
        switch (Frames.opcode(frame)) {
            case TEXT -> journal.message(Direction.OUT, connection, frame, payload, fault);
            case CLOSE ->
                journal.control(
                        Direction.OUT,
                        connection,
                        "close",
                        closeText(Arrays.copyOfRange(frame, payload, frame.length)),
                        fault);
            default ->
                journal.control(
                        Direction.OUT,
                        connection,
                        "pong",
                        new String(frame, payload, frame.length - payload, UTF_8),
                        fault);
        }
    }

    /** What a close says, such as {@code 1000 left}. */
    static String closeText(byte[] payload) {
        if (payload.length < Short.BYTES) {
            return "";
        }
        String reason = new String(payload, Short.BYTES, payload.length - Short.BYTES, UTF_8);
        return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort()) + (reason.isEmpty() ? "" : " " + reason);
    }

    private void hurt(byte[] frame, ActiveFault hit, Outbox from) throws InterruptedException {
        record(frame, Optional.of(hit.id()));
        boolean after = hit.rule().stage() == Stage.AFTER;
        switch (hit.rule().fault()) {
            case Fault.Delay delay -> {
                writeIf(after, frame);
                from.pause(delay.duration());
                writeIf(!after, frame);
            }
            case Fault.SlowBody slow -> slowly(frame, slow.bytesPerSecond(), from);
            case Fault.Truncate truncate -> {
                wire.write(Arrays.copyOf(frame, Math.min(truncate.afterBytes(), frame.length - 1)));
                cut();
            }
            case Fault.Garble garble -> wire.write(Frames.text(CallFaults.garbled(text(frame))));
            case MessageFault.Malformed malformed -> wire.write(Frames.text(CallFaults.garbled(text(frame))));
            case Fault.Drop drop -> {
                writeIf(after, frame);
                cut();
            }
            case MessageFault.Abort abort -> {
                writeIf(after, frame);
                cut();
            }
            case Fault.Reset reset -> {
                writeIf(after, frame);
                reset();
            }
            case Fault.Stall stall -> {
                writeIf(after, frame);
                silence();
            }
            case MessageFault.Close close -> {
                writeIf(after, frame);
                from.endNow(Frames.close(close.code(), close.reason()));
            }
            case MessageFault.Duplicate duplicate -> {
                wire.write(frame);
                wire.write(frame);
            }
            case MessageFault.Reorder reorder -> {
                putHeldBack();
                heldBack = Optional.of(frame);
            }
            case MessageFault.Skip skip -> putHeldBack();
            case MessageFault.Oversize oversize -> wire.write(Frames.text(padded(text(frame))));
            case Fault.Status f -> throw notForMessages(f);
            case MessageFault.NoPong f -> throw notForMessages(f);
        }
    }

    private static IllegalStateException notForMessages(Fault fault) {
        return new IllegalStateException(fault.kind() + " hits no messages");
    }

    private void writeIf(boolean wanted, byte[] frame) {
        if (wanted) {
            wire.write(frame);
        }
    }

    private void slowly(byte[] frame, int bytesPerSecond, Outbox from) throws InterruptedException {
        int piece = Math.max(1, bytesPerSecond / SLOW_PIECES_PER_SECOND);
        for (int at = 0; at < frame.length; at += piece) {
            wire.write(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + piece)));
            from.pause(Duration.ofSeconds(piece).dividedBy(bytesPerSecond));
        }
    }

    private static String text(byte[] frame) {
        int payload = Frames.payloadAt(frame);
        return new String(frame, payload, frame.length - payload, UTF_8);
    }

    private static String padded(String json) {
        return json.substring(0, json.length() - 1) + ",\"padding\":\"" + "x".repeat(SocketInput.LARGEST_MESSAGE)
                + "\"}";
    }

    /** Sends nothing more, but leaves the connection open. Thread-safe, as the next two are. */
    void silence() {
        silent = true;
    }

    void reset() {
        silent = true;
        wire.reset();
    }

    @Override
    public void cut() {
        silent = true;
        wire.cut();
    }
}
