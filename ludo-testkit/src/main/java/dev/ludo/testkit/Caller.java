package dev.ludo.testkit;

import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Secret;
import java.util.Optional;

/**
 * Whom a call names.
 *
 * @param session the player whose session it is, checked
 * @param seat the player token, which was good when the call came in
 */
record Caller(Optional<PlayerId> session, Optional<Secret> seat) {
    /** The application itself, which the API key stands for. */
    static final Caller NOBODY = new Caller(Optional.empty(), Optional.empty());
}
