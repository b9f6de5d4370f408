package dev.ludo.testkit.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What goes wrong with a call or with a message on a socket: a value, without effect until it is part of a
 * {@link FaultRule}. Durations are real time, whatever clock the fake has.
 *
 * <p>{@link Status} is for calls only; a {@link MessageFault} is for messages only; the rest is for both.
 */
public sealed interface Fault
        permits Fault.Status,
                Fault.Delay,
                Fault.SlowBody,
                Fault.Truncate,
                Fault.Garble,
                Fault.Drop,
                Fault.Reset,
                Fault.Stall,
                MessageFault {
    /** No delay is longer: a day. */
    Duration LONGEST_DELAY = Duration.ofDays(1);

    /**
     * Another answer than the one that was due.
     *
     * @param code the status, 200 to 599
     * @param headers further headers
     * @param body the body; without one it is a failure in the envelope for 400 and more, and nothing below
     */
    record Status(int code, Map<String, String> headers, Optional<String> body) implements Fault {
        private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

        /** Checks the status and the headers. */
        public Status {
            Checks.require(code >= 200 && code <= 599, "code must be 200 to 599, was " + code);
            headers = Map.copyOf(headers);
            Checks.require(
                    (code != 204 && code != 304) || body.orElse("").isEmpty(),
                    "body must be empty for a status of " + code);
            headers.keySet()
                    .forEach(name -> Checks.require(
                            !name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Transfer-Encoding"),
                            "headers must not say how long the body is, had " + name));
            headers.forEach((name, value) -> Checks.require(
                    NAME.matcher(name).matches() && value.chars().allMatch(c -> c >= ' ' && c < 127),
                    "headers must have good names and printable ASCII values, had \"" + name + '"'));
        }
    }

    /**
     * A wait.
     *
     * @param duration how long, zero to a day
     */
    record Delay(Duration duration) implements Fault {
        /** Checks the duration. */
        public Delay {
            Checks.require(
                    !duration.isNegative() && duration.compareTo(LONGEST_DELAY) <= 0,
                    "duration must be from PT0S to " + LONGEST_DELAY + ", was " + duration);
        }
    }

    /**
     * A body, or a message of the server, that goes out slowly.
     *
     * @param bytesPerSecond how slowly, at least 1
     */
    record SlowBody(int bytesPerSecond) implements Fault {
        /** Checks the number. */
        public SlowBody {
            Checks.require(bytesPerSecond >= 1, "bytesPerSecond must be at least 1, was " + bytesPerSecond);
        }
    }

    /**
     * A body, or a message of the server, that breaks off; then the connection is closed.
     *
     * @param afterBytes how much of the body or frame goes out, at least 0; never the whole of it
     */
    record Truncate(int afterBytes) implements Fault {
        /** Checks the number. */
        public Truncate {
            Checks.require(afterBytes >= 0, "afterBytes must not be negative, was " + afterBytes);
        }
    }

    /** JSON that is none. A message of a client is taken as if it had come so. */
    record Garble() implements Fault {}

    /** The connection is closed, without an answer, or without a close frame. */
    record Drop() implements Fault {}

    /** The connection is reset (TCP RST). */
    record Reset() implements Fault {}

    /** Nothing more comes, and the connection stays open until the peer closes it, or the fake is reset or closed. */
    record Stall() implements Fault {}

    /**
     * The word for this kind on the wire.
     *
     * @return such as {@code slow-body}
     */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /**
     * Another answer: a failure in the envelope, for 400 and more.
     *
     * @param code the status, 200 to 599
     * @return the fault
     */
    static Fault status(int code) {
        return new Status(code, Map.of(), Optional.empty());
    }

    /**
     * Another answer.
     *
     * @param code the status, 200 to 599
     * @param headers further headers, such as {@code Retry-After}
     * @param body the body
     * @return the fault
     */
    static Fault status(int code, Map<String, String> headers, String body) {
        return new Status(code, headers, Optional.of(body));
    }

    /**
     * A wait.
     *
     * @param duration how long, zero to a day, real time
     * @return the fault
     */
    static Fault delay(Duration duration) {
        return new Delay(duration);
    }

    /**
     * A slow body.
     *
     * @param bytesPerSecond how slow, at least 1
     * @return the fault
     */
    static Fault slowBody(int bytesPerSecond) {
        return new SlowBody(bytesPerSecond);
    }

    /**
     * A body that breaks off.
     *
     * @param afterBytes where, at least 0
     * @return the fault
     */
    static Fault truncate(int afterBytes) {
        return new Truncate(afterBytes);
    }

    /**
     * JSON that is none.
     *
     * @return the fault
     */
    static Fault garble() {
        return new Garble();
    }

    /**
     * A connection that is closed without an answer.
     *
     * @return the fault
     */
    static Fault drop() {
        return new Drop();
    }

    /**
     * A connection that is reset.
     *
     * @return the fault
     */
    static Fault reset() {
        return new Reset();
    }

    /**
     * Silence on a connection that stays open.
     *
     * @return the fault
     */
    static Fault stall() {
        return new Stall();
    }

    /**
     * A socket that is closed.
     *
     * @param code the close code, 1000 to 4999
     * @param reason at most 123 bytes
     * @return the fault
     */
    static Fault close(int code, String reason) {
        return new MessageFault.Close(code, reason);
    }

    /**
     * A socket that ends without a close frame.
     *
     * @return the fault
     */
    static Fault abort() {
        return new MessageFault.Abort();
    }

    /**
     * A ping without a pong.
     *
     * @return the fault
     */
    static Fault noPong() {
        return new MessageFault.NoPong();
    }

    /**
     * A message that comes twice.
     *
     * @return the fault
     */
    static Fault duplicate() {
        return new MessageFault.Duplicate();
    }

    /**
     * A message that comes after the next one.
     *
     * @return the fault
     */
    static Fault reorder() {
        return new MessageFault.Reorder();
    }

    /**
     * A message that is lost.
     *
     * @return the fault
     */
    static Fault skip() {
        return new MessageFault.Skip();
    }

    /**
     * A message that is no JSON.
     *
     * @return the fault
     */
    static Fault malformed() {
        return new MessageFault.Malformed();
    }

    /**
     * A message that is too big.
     *
     * @return the fault
     */
    static Fault oversize() {
        return new MessageFault.Oversize();
    }

    /**
     * Whether it can hit calls.
     *
     * @return whether it can
     */
    default boolean isForCalls() {
        return !(this instanceof MessageFault);
    }

    /**
     * Whether it can hit messages that go one way. What is about the going out of bytes cannot hit those of clients.
     *
     * @param way which way
     * @return whether it can
     */
    default boolean isForMessages(Direction way) {
        return switch (this) {
            case Status f -> false;
            case MessageFault.NoPong f -> false;
            case SlowBody f -> way == Direction.OUT;
            case Truncate f -> way == Direction.OUT;
            default -> true;
        };
    }
}
