package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.Failure;
import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.event.CloseCode;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent.Refused;
import dev.ludo.core.json.CommandCodec;
import dev.ludo.core.json.LudoJson;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What is said over one socket: takes its messages to the world, and says what is wrong with them. For one thread. */
final class SocketTalk {
    private final World world;
    private final Dialect dialect;
    private final MessageLimiter limiter;
    private final Outbox outbox;
    private final Visitor visitor;
    private boolean joined;

    SocketTalk(SocketSetup setup, Outbox outbox) {
        this.world = setup.world();
        this.dialect = setup.dialect();
        this.limiter = new MessageLimiter(setup.limits().messages(), setup.clock());
        this.outbox = outbox;
        this.visitor = world.ask(now -> now.visits.arrive(outbox));
    }

    /** Takes a message. */
    void hear(byte[] utf8) {
        if (!limiter.take()) {
            end(
                    CloseCode.TOO_MANY_MESSAGES,
                    "more than " + limiter.limit() + " messages in " + MessageLimiter.WINDOW.toSeconds() + " s");
            return;
        }
        JsonObject tree;
        try {
            tree = LudoJson.parseObject(utf8);
        } catch (MalformedJsonException e) {
            refuse(Failures.of(e, Optional.empty()));
            end(CloseCode.MALFORMED, "the message is no JSON object");
            return;
        }
        try {
            RoomCommand command = CommandCodec.read(tree).orElseThrow(SocketTalk::unknownType);
            if (dialect.knows(command)) {
                world.tell(now -> now.visits.obey(visitor, command));
                joined = true;
            }
        } catch (RuntimeException e) {
            Failure failure = Failures.of(e, CommandCodec.requestIdOf(tree));
            refuse(failure);
            if (!joined) {
                boolean ours = failure.errorCode() == ErrorCode.INTERNAL;
                end(ours ? CloseCode.INTERNAL : CloseCode.MALFORMED, failure.error());
            }
        }
    }

    private static InvalidRequestException unknownType() {
        return new InvalidRequestException(List.of(new FieldError(
                "type", "must be one of room:join, room:watch, game:roll, game:move, state:sync, room:leave, ping")));
    }

    private void refuse(Failure failure) {
        outbox.tell(new Refused(failure.code(), failure.error(), failure.requestId()));
    }

    private void end(CloseCode code, String why) {
        world.tell(now -> now.visits.gone(visitor));
        outbox.end(code, why);
    }

    /** Nobody listens any more, or nobody speaks. */
    void over() {
        world.tell(now -> now.visits.gone(visitor));
    }
}
