package dev.ludo.testkit;

import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Secret;

/**
 * A player who has a seat, with what the code under test needs to act for them.
 *
 * @param playerId who
 * @param sessionToken proves who they are, in {@code X-Session-Token}
 * @param playerToken proves that the seat is theirs, in {@code X-Player-Token} and in {@code room:join}
 */
public record SeatedPlayer(PlayerId playerId, Secret sessionToken, Secret playerToken) {}
