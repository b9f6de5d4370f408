package dev.ludo.testkit;

import dev.ludo.testkit.fault.ActiveFault;
import java.util.Optional;
import java.util.function.Supplier;

/** A frame that is to be sent by a socket; it is made when it is its turn. */
interface OutFrame extends Supplier<byte[]> {
    /** The type of the message; empty for a frame that is none. */
    String type();

    /** Whether it is an answer to this client alone. */
    default boolean isAnswer() {
        return false;
    }

    /** The fault that hits it whatever it is, because it answers a message that was hit. */
    default Optional<ActiveFault> hit() {
        return Optional.empty();
    }

    /** A message to this client alone. */
    static OutFrame answer(String type, Supplier<byte[]> frame) {
        return new One(type, frame, Optional.empty());
    }

    /** What answers a ping. */
    static OutFrame pong(byte[] payload) {
        return new One("", () -> Frames.pong(payload), Optional.empty());
    }

    /** The same, to be hit by a fault. */
    default OutFrame hitBy(ActiveFault fault) {
        return new One(type(), this, Optional.of(fault));
    }

    /** A frame of this client alone. */
    record One(String type, Supplier<byte[]> frame, Optional<ActiveFault> hit) implements OutFrame {
        @Override
        public boolean isAnswer() {
            return !type.isEmpty();
        }

        @Override
        public byte[] get() {
            return frame.get();
        }
    }
}
