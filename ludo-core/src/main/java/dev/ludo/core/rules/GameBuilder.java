package dev.ludo.core.rules;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.PlayerId;
import java.util.List;

/** Sets up a situation. To be used by one thread at a time; {@link #build} may be called again after changes. */
public final class GameBuilder {
    private final Situation situation;

    GameBuilder(Seating seating) {
        situation = new Situation(seating);
    }

    /**
     * Puts a piece somewhere.
     *
     * @param color whose piece
     * @param piece its number, 0 to 3
     * @param progress how far it has gone, 0 to 57
     * @return this
     * @throws IllegalArgumentException if there is no such piece in this game or no such progress
     */
    public GameBuilder progress(Color color, int piece, int progress) {
        situation.place(color, piece, progress);
        return this;
    }

    /**
     * Puts all pieces of a player somewhere.
     *
     * @param color whose pieces
     * @param progress how far each has gone, four numbers of 0 to 57
     * @return this
     * @throws IllegalArgumentException if nobody plays the colour, the numbers are not four or one is out of range
     */
    public GameBuilder progress(Color color, int... progress) {
        situation.place(color, progress);
        return this;
    }

    /**
     * Says whose turn it is; by default that of the first player, or the next one who still plays.
     *
     * @param who the player to act
     * @return this
     * @throws IllegalArgumentException if they are not in this game
     */
    public GameBuilder turn(PlayerId who) {
        situation.turn(who);
        return this;
    }

    /**
     * Has a move awaited; by default a roll is due.
     *
     * @param value the die rolled, 1 to 6, by which some piece can move; 0 if a roll is due
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public GameBuilder dice(int value) {
        situation.dice(value);
        return this;
    }

    /**
     * Sets how many sixes this turn has seen in a row, counting the die that awaits its move; by default 0.
     *
     * @param count 0 or more, below the rules' limit or, if a six is to be moved, not above it
     * @return this
     */
    public GameBuilder sixes(int count) {
        situation.sixes = count;
        return this;
    }

    /**
     * Sets how many rolls are owed beyond the present one; by default 0.
     *
     * @param count 0 or more; only 0 unless the rules accumulate them
     * @return this
     */
    public GameBuilder pendingRolls(int count) {
        situation.pendingRolls = count;
        return this;
    }

    /**
     * Sets how many pieces a player has captured; by default 0.
     *
     * @param who the player
     * @param count 0 or more
     * @return this
     * @throws IllegalArgumentException if they are not in this game or the number is negative
     */
    public GameBuilder captures(PlayerId who, int count) {
        situation.captures(who, count);
        return this;
    }

    /**
     * Sets how many timeouts in a row a player has had; by default 0.
     *
     * @param who the player
     * @param count 0 or more, below the number that dismisses
     * @return this
     * @throws IllegalArgumentException if they are not in this game or the number is negative
     */
    public GameBuilder missedTurns(PlayerId who, int count) {
        situation.missed(who, count);
        return this;
    }

    /**
     * Says who has finished; by default nobody. The game has ended if the rules let it end so.
     *
     * @param inOrder the finishers, the winner first
     * @return this
     */
    public GameBuilder finished(List<PlayerId> inOrder) {
        situation.finished = List.copyOf(inOrder);
        return this;
    }

    /**
     * Says who has left; by default nobody. The game has ended if at most one player remains.
     *
     * @param inOrder the leavers, the earliest first
     * @return this
     */
    public GameBuilder left(List<PlayerId> inOrder) {
        situation.left = List.copyOf(inOrder);
        return this;
    }

    /**
     * Sets which turn this is; by default 1.
     *
     * @param number 1 or more
     * @return this
     */
    public GameBuilder turnNumber(int number) {
        situation.turnNumber = number;
        return this;
    }

    /**
     * Says how things stood when this turn began, to which a third six goes back under
     * {@link RuleSet.SixLimitRule#REVERT_TURN}; by default as they stand now. Without meaning under other rules.
     *
     * @param then a game of the same players by the same rules; its pieces and captures count
     * @return this
     * @throws IllegalArgumentException if the players or the rules are others
     */
    public GameBuilder turnStart(Game then) {
        situation.turnStart(then);
        return this;
    }

    /**
     * The situation.
     *
     * @return a game that stands so
     * @throws IllegalArgumentException if it cannot arise; the message says why
     */
    public Game build() {
        return situation.play().game();
    }
}
