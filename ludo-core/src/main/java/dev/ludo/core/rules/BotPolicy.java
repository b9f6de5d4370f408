package dev.ludo.core.rules;

import dev.ludo.core.model.LegalMove;
import java.util.random.RandomGenerator;

/** Ways to choose a move. Each is a pure function of the game and of the random numbers that it draws. */
public enum BotPolicy {
    /** Any legal move, each as likely as the others. */
    RANDOM {
        @Override
        public LegalMove choose(Game game, RandomGenerator random) {
            return Bots.random(game, random);
        }
    },
    /** The move that captures most, else one that comes home, else that of the furthest piece. */
    GREEDY {
        @Override
        public LegalMove choose(Game game, RandomGenerator random) {
            return Bots.greedy(game);
        }
    },
    /** The move after which least of the way gone is within an opponent's reach; of equal ones the greedy choice. */
    CAREFUL {
        @Override
        public LegalMove choose(Game game, RandomGenerator random) {
            return Bots.careful(game);
        }
    };

    /**
     * Chooses for the player to act.
     *
     * @param game a game in which a move is awaited; it is not changed
     * @param random where chance comes from; only {@link #RANDOM} draws from it
     * @return one of the game's {@link Game#legalMoves}
     * @throws IllegalArgumentException if no move is awaited
     */
    public abstract LegalMove choose(Game game, RandomGenerator random);

    /**
     * A bot that always chooses so.
     *
     * @param random where chance comes from; the bot is as safe for several threads as this is
     * @return the bot
     */
    public Bot bot(RandomGenerator random) {
        return game -> choose(game, random);
    }
}
