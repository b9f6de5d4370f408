package dev.ludo.core.rules;

import dev.ludo.core.model.LegalMove;

/** Chooses moves for a player who is no person. {@link BotPolicy} has some. */
@FunctionalInterface
public interface Bot {

    /**
     * Chooses for the player to act.
     *
     * @param game a game in which a move is awaited; it is not changed
     * @return one of its {@link Game#legalMoves}
     * @throws IllegalArgumentException if no move is awaited
     */
    LegalMove choose(Game game);
}
