package dev.ludo.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which calls or messages a fault may hit: those to which everything fits that is said here. Nothing said fits everything.
 * A match with a {@code message} or a {@code direction} is about messages on sockets, one with a {@code method} or a
 * {@code path} about calls; the two do not go together.
 *
 * @param method such as {@code POST}
 * @param path a path or a pattern of one that begins with {@code /v1}; or {@code /ws}, the handshake of sockets
 * @param message a type of message or a pattern of one, such as {@code game:*}
 * @param direction which way the message goes
 */
public record FaultMatch(
        Optional<String> method, Optional<Glob> path, Optional<Glob> message, Optional<Direction> direction) {
    /** Everything. */
    public static final FaultMatch ALL =
            new FaultMatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Where the handshakes of sockets are. */
    static final String HANDSHAKE = "/ws";

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
    private static final Pattern API = Pattern.compile("/v1(/.*|\\*.*)?", Pattern.DOTALL);

    /** Checks the parts. */
    public FaultMatch {
        method.filter(text -> !METHOD.matcher(text).matches()).ifPresent(text -> {
            throw new IllegalArgumentException("method must be in capital letters, was " + text);
        });
        path.map(Glob::toString)
                .filter(text -> !API.matcher(text).matches() && !text.equals(HANDSHAKE))
                .ifPresent(text -> {
                    throw new IllegalArgumentException("path must begin with /v1, or be /ws, was " + text);
                });
        if (message.isPresent() && (method.isPresent() || path.isPresent())) {
            throw new IllegalArgumentException("message must not stand beside a method or a path");
        }
        if (direction.isPresent() && (method.isPresent() || path.isPresent())) {
            throw new IllegalArgumentException("direction must not stand beside a method or a path");
        }
    }

    /**
     * Calls.
     *
     * @param method such as {@code POST}
     * @param path a path or a pattern of one
     * @return the match
     * @throws IllegalArgumentException if either is none
     */
    public static FaultMatch call(String method, String path) {
        return new FaultMatch(Optional.of(method), Optional.of(Glob.of(path)), Optional.empty(), Optional.empty());
    }

    /**
     * Calls with any method.
     *
     * @param path a path or a pattern of one
     * @return the match
     * @throws IllegalArgumentException if it is none
     */
    public static FaultMatch path(String path) {
        return new FaultMatch(Optional.empty(), Optional.of(Glob.of(path)), Optional.empty(), Optional.empty());
    }

    /**
     * The handshakes of sockets.
     *
     * @return the match
     */
    public static FaultMatch handshake() {
        return path(HANDSHAKE);
    }

    /**
     * Messages, whichever way they go.
     *
     * @param type a type or a pattern of one
     * @return the match
     */
    public static FaultMatch message(String type) {
        return new FaultMatch(Optional.empty(), Optional.empty(), Optional.of(Glob.of(type)), Optional.empty());
    }

    /**
     * All messages that go one way.
     *
     * @param direction which way
     * @return the match
     */
    public static FaultMatch messages(Direction direction) {
        return new FaultMatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(direction));
    }

    /** Whether only messages can fit. */
    boolean isAboutMessages() {
        return message.isPresent() || direction.isPresent();
    }

    /** Whether only calls can fit. */
    boolean isAboutCalls() {
        return method.isPresent() || path.isPresent();
    }

    boolean fitsCall(String itsMethod, String itsPath) {
        boolean handshake = itsPath.equals(HANDSHAKE);
        return !isAboutMessages()
                && method.map(itsMethod::equals).orElse(true)
                && path.map(glob -> glob.matches(itsPath)).orElse(!handshake);
    }

    boolean fitsMessage(Direction way, String type) {
        return !isAboutCalls()
                && direction.map(way::equals).orElse(true)
                && message.map(glob -> glob.matches(type)).orElse(true);
    }

    /** Such as {@code POST /v1/rooms}, or {@code everything}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        method.ifPresent(parts::add);
        path.ifPresent(glob -> parts.add(glob.toString()));
        message.ifPresent(glob -> parts.add("message " + glob));
        direction.ifPresent(way -> parts.add("going " + way.word()));
        return parts.isEmpty() ? "everything" : String.join(" ", parts);
    }
}
