package dev.ludo.client.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames in the notation of rfc6455.txt, right and wrong ones, made and read by nothing of what is tested. */
public final class FrameNotation {
    private static final List<String> OPCODES = List.of(
            "cont", "text", "bin", "op3", "op4", "op5", "op6", "op7", "close", "ping", "pong", "op11", "op12", "op13",
            "op14", "op15");
    private static final Pattern WORD =
            Pattern.compile("([a-z]+\\d*)(-?)(?:~(\\d))?(!?)(?:/(16|64|=[0-9A-F]{16}))?:(.*)");
    private static final Pattern PART = Pattern.compile("(?:0x([0-9a-f]*)|#(\\d+)|([^*]*))(?:\\*(\\d+))?");
    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};
    private static final int SHOWN = 80;

    private FrameNotation() {}

    /** The bytes of a frame. */
    public static byte[] bytes(String word, boolean masked) {
        Matcher signs = match(WORD, word);
        byte[] payload = payload(signs.group(6));
        boolean mask = masked == signs.group(4).isEmpty();
        int rsv = signs.group(3) == null ? 0 : Integer.parseInt(signs.group(3));
        int fin = signs.group(2).isEmpty() ? 0x80 : 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(fin | rsv << 4 | OPCODES.indexOf(signs.group(1)));
        String form = signs.group(5) == null ? form(payload.length) : signs.group(5);
        int maskBit = mask ? 0x80 : 0;
        switch (form) {
            case "7" -> out.write(maskBit | payload.length);
            case "16" -> {
                out.write(maskBit | 126);
                out.writeBytes(
                        ByteBuffer.allocate(2).putShort((short) payload.length).array());
            }
            case "64" -> {
                out.write(maskBit | 127);
                out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
            }
            default -> {
                out.write(maskBit | 127);
                out.writeBytes(HexFormat.of().parseHex(form.substring(1)));
            }
        }
        if (mask) {
            out.writeBytes(MASK);
            unmask(payload, MASK);
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static String form(int length) {
        return length < 126 ? "7" : length < 65_536 ? "16" : "64";
    }

    private static Matcher match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the notation: " + text);
        }
        return matcher;
    }

    private static byte[] payload(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String part : text.split("\\+", -1)) {
            Matcher bytes = match(PART, part);
            byte[] once = bytes.group(1) != null
                    ? HexFormat.of().parseHex(bytes.group(1))
                    : bytes.group(2) != null
                            ? ByteBuffer.allocate(2)
                                    .putShort((short) Integer.parseInt(bytes.group(2)))
                                    .array()
                            : bytes.group(3).getBytes(UTF_8);
            int times = bytes.group(4) == null ? 1 : Integer.parseInt(bytes.group(4));
            for (int i = 0; i < times; i++) {
                out.writeBytes(once);
            }
        }
        return out.toByteArray();
    }

    private static void unmask(byte[] payload, byte[] key) {
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i % 4];
        }
    }

    /** How a frame that came is told: its kind and what it holds, of a close the code alone. */
    public static String told(int opcode, byte[] payload) {
        byte[] shown = opcode == 8 ? Arrays.copyOf(payload, Math.min(2, payload.length)) : payload;
        return OPCODES.get(opcode)
                + ':'
                + HexFormat.of().formatHex(shown, 0, Math.min(SHOWN, shown.length))
                + (shown.length > SHOWN ? "… " + shown.length + " bytes, hash " + Arrays.hashCode(shown) : "");
    }

    /** As {@link #told(int, byte[])}, of a frame in the notation. */
    public static String told(String word) {
        Matcher signs = match(WORD, word);
        return told(OPCODES.indexOf(signs.group(1)), payload(signs.group(6)));
    }

    /** Reads a frame, which must be whole and as short as can be, and tells it; EOF at the end of the connection. */
    public static String read(InputStream in, boolean masked) throws IOException {
        int first = in.read();
        if (first < 0) {
            return "EOF";
        }
        int second = in.read();
        check((first & 0xF0) == 0x80, "in fragments or with reserved bits");
        check((second & 0x80) != 0 == masked, masked ? "not masked" : "masked");
        int seven = second & 0x7F;
        long length = seven < 126
                ? seven
                : seven == 126
                        ? ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xFFFF
                        : ByteBuffer.wrap(in.readNBytes(8)).getLong();
        check(form((int) length).equals(seven < 126 ? "7" : seven == 126 ? "16" : "64"), "longer than need be");
        byte[] key = masked ? in.readNBytes(4) : new byte[4];
        byte[] payload = in.readNBytes((int) length);
        check(payload.length == length, "cut off");
        unmask(payload, key);
        return told(first & 0x0F, payload);
    }

    private static void check(boolean right, String wrong) {
        if (!right) {
            throw new AssertionError("a frame is " + wrong);
        }
    }
}
