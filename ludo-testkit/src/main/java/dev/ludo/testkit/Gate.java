package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Secret;
import java.util.Optional;

/** Knows players by their tokens. Guarded by the world's lock. */
final class Gate {
    static final String SESSION_HEADER = "X-Session-Token";
    static final String PLAYER_HEADER = "X-Player-Token";

    private final Players players;
    private final Registry registry;

    Gate(Players players, Registry registry) {
        this.players = players;
        this.registry = registry;
    }

    /** Checks the tokens of a call: one that is there must be good, whatever the call is. */
    Caller identify(Optional<String> session, Optional<String> seat) {
        return new Caller(
                session.map(text -> secret(text)
                        .flatMap(players::bySession)
                        .orElseThrow(() -> forbidden(SESSION_HEADER, "is not valid, or no longer"))),
                seat.map(text -> secret(text)
                        .filter(token -> registry.holder(token).isPresent())
                        .orElseThrow(() -> forbidden(PLAYER_HEADER, "is not valid, or no longer"))));
    }

    private static Optional<Secret> secret(String text) {
        try {
            return Optional.of(Secret.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what no token can look like is no token
        }
    }

    private static ApiFailure forbidden(String header, String why) {
        return ApiFailure.of(ErrorCode.FORBIDDEN, header + ' ' + why, header, why);
    }

    /** Whose session it is; the call must have one. */
    PlayerId player(Caller caller) {
        return caller.session().orElseThrow(() -> forbidden(SESSION_HEADER, "is needed to say who you are"));
    }

    /** Refuses whoever has the session of another player. */
    void requireNobodyElse(Caller caller, PlayerId who) {
        if (caller.session().filter(session -> !session.equals(who)).isPresent()) {
            throw forbidden(SESSION_HEADER, "is another player's");
        }
    }

    /** Whose seat the call's player token stands for, if it has one; it must be one in this room. */
    Optional<PlayerId> seated(FakeRoom room, Caller caller) {
        return caller.seat()
                .map(token -> registry.holder(token)
                        .filter(holder -> holder.room() == room)
                        .orElseThrow(() -> forbidden(PLAYER_HEADER, "is no seat's in this room"))
                        .playerId());
    }

    /** Whose seat it is; the call must have a token for one in this room. */
    PlayerId requireSeated(FakeRoom room, Caller caller) {
        return seated(room, caller).orElseThrow(() -> forbidden(PLAYER_HEADER, "is needed to say whose seat it is"));
    }
}
