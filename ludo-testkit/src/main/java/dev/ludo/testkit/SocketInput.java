package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.event.CloseCode;
import io.helidon.websocket.ClientWsFrame;
import io.helidon.websocket.WsCloseException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Puts a peer's frames together to messages, answers pings and the close, and checks what Helidon's reader does not. */
final class SocketInput {
    /** How many bytes a message may have, all its frames together. */
    static final int LARGEST_MESSAGE = 64 * 1024;

    private static final int LONGEST_CONTROL = 125;

    private final Outbox outbox;
    private final MessageFaults ears;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean inMessage;

    SocketInput(Outbox outbox, MessageFaults ears) {
        this.outbox = outbox;
        this.ears = ears;
    }

    /**
     * Takes a frame.
     *
     * @return whether more may follow
     * @throws WsCloseException if the peer breaks the protocol, or the bounds
     */
    boolean take(ClientWsFrame frame) throws InterruptedException {
        byte[] payload = frame.payloadData().readBytes();
        switch (frame.opCode()) {
            case TEXT -> {
                require(!inMessage, "a message begins before the one before it has ended");
                inMessage = true;
                add(payload, frame.fin());
            }
            case CONTINUATION -> {
                require(inMessage, "a continuation continues nothing");
                add(payload, frame.fin());
            }
            case BINARY -> throw violation(CloseCode.NOT_TEXT, "messages are text here");
            case PING -> {
                requireControl(frame, payload);
                if (ears.hearPing(payload)) {
                    outbox.send(OutFrame.pong(payload));
                }
            }
            case PONG -> {
                requireControl(frame, payload);
                ears.hearControl("pong", new String(payload, UTF_8));
            }
            case CLOSE -> {
                requireControl(frame, payload);
                ears.hearControl("close", FrameSender.closeText(payload));
                outbox.end(echo(payload));
                return false;
            }
        }
        return true;
    }

    private void add(byte[] payload, boolean last) throws InterruptedException {
        if (message.size() + payload.length > LARGEST_MESSAGE) {
            throw violation(CloseCode.TOO_BIG, "a message has at most " + LARGEST_MESSAGE + " bytes");
        }
        message.writeBytes(payload);
        if (last) {
            byte[] whole = message.toByteArray();
            message.reset();
            inMessage = false;
            requireUtf8(whole);
            if (!outbox.isEnding()) {
                ears.hear(whole);
            }
        }
    }

    private static byte[] echo(byte[] payload) {
        if (payload.length == 0) {
            return Frames.closeWithoutCode();
        }
        require(payload.length >= 2, "the code of a close has two bytes");
        ByteBuffer close = ByteBuffer.wrap(payload);
        int code = Short.toUnsignedInt(close.getShort());
        require(mayBeSent(code), "no close has the code " + code);
        byte[] reason = new byte[close.remaining()];
        close.get(reason);
        requireUtf8(reason);
        return Frames.close(code, "");
    }

    /** RFC 6455, section 7.4, and what has been registered since. */
    private static boolean mayBeSent(int code) {
        boolean registered = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
        return registered || (code >= 3000 && code <= 4999);
    }

    private static void requireControl(ClientWsFrame frame, byte[] payload) {
        require(frame.fin() && payload.length <= LONGEST_CONTROL, "a control frame is whole and has at most 125 bytes");
    }

    private static void requireUtf8(byte[] text) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw violation(CloseCode.INVALID_TEXT, "the text is not valid UTF-8");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw violation(CloseCode.PROTOCOL_ERROR, otherwise);
        }
    }

    private static WsCloseException violation(CloseCode code, String why) {
        return new WsCloseException(why, code.number());
    }
}
