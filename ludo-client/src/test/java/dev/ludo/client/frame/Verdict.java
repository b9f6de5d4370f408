package dev.ludo.client.frame;

import dev.ludo.client.frame.LegEnd.By;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What RFC 6455 and our limits say to a stream of bytes, found out the plain way and by none of what is tested. */
final class Verdict {
    /** A stream that is right up to its end, after which more may come. */
    static final int OPEN = 0;
    /** A stream that ends within a frame. */
    static final int CUT_OFF = 1006;

    private final ByteBuffer in;
    private final boolean masked;
    private final List<String> answers = new ArrayList<>();
    private @Nullable ByteArrayOutputStream message;
    private boolean text;
    private By by = By.NOBODY;
    private int code = OPEN;

    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Failed(int code) {
            this.code = code;
        }
    }

    private Verdict(byte[] stream, boolean masked) {
        this.in = ByteBuffer.wrap(stream);
        this.masked = masked;
    }

    static Verdict of(byte[] stream, boolean masked) {
        Verdict verdict = new Verdict(stream, masked);
        try {
            while (verdict.by == By.NOBODY && verdict.in.hasRemaining()) {
                verdict.frame();
            }
        } catch (Failed e) {
            verdict.end(By.US, e.code);
        } catch (BufferUnderflowException e) {
            verdict.code = CUT_OFF;
        }
        return verdict;
    }

    private void end(By who, int closeCode) {
        by = who;
        code = closeCode;
    }

    /** What comes back before the close, as {@link FrameNotation#told} puts it. */
    List<String> answers() {
        return answers;
    }

    /** Who closes, if anybody. */
    By by() {
        return by;
    }

    /** The code of the close, {@link #OPEN} or {@link #CUT_OFF}. */
    int code() {
        return code;
    }

    /** How much was read before the end. */
    int consumed() {
        return in.position();
    }

    private void frame() throws Failed {
        int first = in.get() & 0xFF;
        int second = in.get() & 0xFF;
        int opcode = first & 0x0F;
        boolean fin = first >= 0x80;
        boolean control = opcode >= 8;
        check((first & 0x70) == 0 && List.of(0, 1, 2, 8, 9, 10).contains(opcode), 1002);
        check(second >= 0x80 == masked && (!control || (fin && (second & 0x7F) <= 125)), 1002);
        byte[] key = new byte[4];
        long length = length(second & 0x7F);
        if (masked) {
            in.get(key);
        }
        byte[] payload = new byte[(int) length];
        in.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i % 4];
        }
        switch (opcode) {
            case 8 -> close(payload);
            case 9 -> answers.add(FrameNotation.told(10, payload));
            case 10 -> {}
            default -> data(opcode, fin, payload);
        }
    }

    private long length(int seven) throws Failed {
        if (seven < 126) {
            return seven;
        }
        long length = seven == 126 ? in.getShort() & 0xFFFF : in.getLong();
        check(length >= (seven == 126 ? 126 : 0x10000), 1002);
        check(length <= 0x10000, 1009);
        return length;
    }

    private void data(int opcode, boolean fin, byte[] payload) throws Failed {
        ByteArrayOutputStream parts = message;
        check((opcode == 0) == (parts != null), 1002);
        if (parts == null) {
            parts = new ByteArrayOutputStream();
            text = opcode == 1;
        }
        check(parts.size() + payload.length <= 0x10000, 1009);
        parts.writeBytes(payload);
        message = fin ? null : parts;
        if (fin) {
            check(text, 1003);
            check(isText(parts.toByteArray()), 1007);
            answers.add(FrameNotation.told(1, parts.toByteArray()));
        }
    }

    private void close(byte[] payload) throws Failed {
        if (payload.length == 0) {
            end(By.PEER, 1005);
            return;
        }
        check(payload.length > 1, 1002);
        int given = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        boolean known = given >= 1000 && given <= 1014 && (given < 1004 || given > 1006);
        check(known || (given >= 3000 && given <= 4999), 1002);
        check(isText(Arrays.copyOfRange(payload, 2, payload.length)), 1007);
        end(By.PEER, given);
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void check(boolean right, int code) throws Failed {
        if (!right) {
            throw new Failed(code);
        }
    }
}
