package dev.ludo.core.rules;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.TurnPhase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One moment of a game of Ludo. What players do gives the next moment and leaves this one as it is.
 *
 * <p>A turn is everything from one change of player to the next. It begins with a roll; when a piece can move by it, a
 * move follows, and when that earns another roll, so it goes on. {@link #roll}, {@link #move(PlayerId, PieceId)},
 * {@link #timeout} and {@link #leave} are the four things that can happen; each gives a {@link Step} or throws a
 * {@link RefusedException}. A game that has ended refuses all of them.
 *
 * <p>Immutable and safe to share. Two games are equal when their rules, players and whole situation are.
 */
public final class Game {
    final State state;

    Game(State state) {
        this.state = state;
    }

    /**
     * Begins a game. Seats are dealt in joining order: red, green, yellow and blue, for two players red and yellow unless
     * the rules say otherwise. The first player begins.
     *
     * @param rules what to play by
     * @param players two to four distinct players in joining order
     * @return the opening, with a turn-change to the first player as its only event
     * @throws IllegalArgumentException if there are too few or too many players, or one twice
     */
    public static Step start(RuleSet rules, List<PlayerId> players) {
        return new Play(new Seating(rules, players)).opening();
    }

    /**
     * Sets up any situation that can arise, for tests and to go on with a game that was played elsewhere.
     *
     * @param rules what to play by
     * @param players two to four distinct players in joining order
     * @return a builder that stands at the opening
     * @throws IllegalArgumentException if there are too few or too many players, or one twice
     */
    public static GameBuilder builder(RuleSet rules, List<PlayerId> players) {
        return new GameBuilder(new Seating(rules, players));
    }

    /** {@return the rules that are played by} */
    public RuleSet rules() {
        return state.seating().rules;
    }

    /** {@return two to four players in joining order, also those who have left} */
    public List<PlayerId> players() {
        return state.seating().players;
    }

    /**
     * How a player stands, apart from the pieces.
     *
     * @param who one of the players
     * @return their colour, status, place and counts
     * @throws IllegalArgumentException if they are not in this game
     */
    public Seat seat(PlayerId who) {
        int seat = state.seating().seat(who);
        if (seat < 0) {
            throw new IllegalArgumentException("player must be one of this game, was " + who);
        }
        return state.seat(who, seat);
    }

    /**
     * Who plays a colour.
     *
     * @param color any colour
     * @return the player, or empty if nobody does
     */
    public Optional<PlayerId> playerOf(Color color) {
        return color == Color.UNKNOWN ? Optional.empty() : state.seating().owner(color.seat());
    }

    /** {@return whether the game has ended, so that nobody is to act any more} */
    public boolean isOver() {
        return state.isOver();
    }

    /** {@return the player to act, or empty once the game has ended} */
    public Optional<PlayerId> currentPlayer() {
        return isOver() ? Optional.empty() : state.seating().owner(state.turn());
    }

    /**
     * What the player to act has to do.
     *
     * @return {@link TurnPhase#ROLL} or {@link TurnPhase#MOVE}
     * @throws IllegalStateException once the game has ended; ask {@link #isOver} first
     */
    public TurnPhase phase() {
        if (isOver()) {
            throw new IllegalStateException("the game has ended, nobody is to act");
        }
        return state.dice() == 0 ? TurnPhase.ROLL : TurnPhase.MOVE;
    }

    /**
     * The die that awaits its move.
     *
     * @return 1 to 6, or empty while a roll is due and once the game has ended
     */
    public OptionalInt dice() {
        return state.dice() == 0 ? OptionalInt.empty() : OptionalInt.of(state.dice());
    }

    /**
     * How many sixes this turn has seen in a row, up to now.
     *
     * @return 0 or more; 0 once the game has ended
     */
    public int sixes() {
        return state.sixes();
    }

    /**
     * How many rolls are owed beyond the present one, under {@link RuleSet.BonusStacking#ACCUMULATE}.
     *
     * @return 0 or more; 0 once the game has ended
     */
    public int pendingRolls() {
        return state.pendingRolls();
    }

    /**
     * Which turn of the game this is. Several rolls of one player in a row are one turn.
     *
     * @return 1 or more, one more with each change of player; that of the last turn once the game has ended
     */
    public int turnNumber() {
        return state.turnNumber();
    }

    /**
     * Where a piece stands.
     *
     * @param piece a piece of one of the players
     * @return the position as the wire counts
     * @throws IllegalArgumentException if nobody plays its colour
     */
    public Position position(PieceId piece) {
        return Board.position(piece.color().seat(), progress(piece));
    }

    /**
     * How far a piece has gone.
     *
     * @param piece a piece of one of the players
     * @return 0 in the yard, 1 on its start, 51 on its last track square, 52 to 56 in its column, 57 home
     * @throws IllegalArgumentException if nobody plays its colour
     */
    public int progress(PieceId piece) {
        int seat = piece.color().seat();
        if (state.seating().owner(seat).isEmpty()) {
            throw new IllegalArgumentException("piece must be one in this game, was " + piece);
        }
        return Row.progress(state.rows().at(seat), piece.index());
    }

    /**
     * The final order: finishers by their places, then who still played, then leavers, the latest first.
     *
     * @return all players, the winner first; empty until the game has ended
     */
    public List<PlayerId> ranking() {
        return isOver() ? standings() : List.of();
    }

    /**
     * How the players would rank if the game ended now. Those who still play stand in order of their pieces home, then of
     * their total progress, then clockwise from the first finisher, or from the player to act if nobody has finished.
     *
     * @return all players, the leading one first; the same as {@link #ranking} once the game has ended
     */
    public List<PlayerId> standings() {
        return state.ranking();
    }

    /**
     * Who has won. That is known as soon as somebody has finished, which may be long before the game ends.
     *
     * @return the first finisher, or else the first of the ranking; empty until there is one
     */
    public Optional<PlayerId> winner() {
        return (isOver() ? standings() : state.standing().finished()).stream().findFirst();
    }

    /**
     * What may be moved by the die that awaits its move.
     *
     * @return the moves in order of the pieces' numbers; empty unless a move is awaited
     */
    public List<LegalMove> legalMoves() {
        return state.legalMoves();
    }

    /**
     * A player rolls. If a piece can move by the value, a move is awaited; if not, the turn passes, unless the rules have
     * the player roll again.
     *
     * @param who the player to act
     * @param value what the die shows
     * @return the game after it, with a dice-rolled and what follows from it
     * @throws RefusedException with {@link Refusal#GAME_ENDED}, {@link Refusal#NOT_YOUR_TURN}, {@link Refusal#WRONG_PHASE} or
     *     {@link Refusal#BAD_ROLL}
     */
    public Step roll(PlayerId who, int value) {
        Referee.checkRoll(state, who, value);
        return new Play(state).byOwnHand().roll(value).step();
    }

    /**
     * A player moves a piece by the die that awaits its move.
     *
     * @param who the player to act
     * @param piece one of the pieces of {@link #legalMoves}
     * @return the game after it, with a piece-moved and what follows from it
     * @throws RefusedException with {@link Refusal#GAME_ENDED}, {@link Refusal#NOT_YOUR_TURN}, {@link Refusal#WRONG_PHASE},
     *     {@link Refusal#UNKNOWN_PIECE}, {@link Refusal#NOT_YOUR_PIECE} or the reason for which the piece may not move
     */
    public Step move(PlayerId who, PieceId piece) {
        Referee.checkMove(state, who, piece);
        return new Play(state).byOwnHand().move(piece.index()).step();
    }

    /**
     * A player moves a piece by the die that awaits its move, and says where they think it goes.
     *
     * @param who the player to act
     * @param piece one of the pieces of {@link #legalMoves}
     * @param target where that move leads
     * @return the game after it, with a piece-moved and what follows from it
     * @throws RefusedException as {@link #move(PlayerId, PieceId)} does, and with {@link Refusal#WRONG_TARGET} if the piece
     *     may move, but to another place
     */
    public Step move(PlayerId who, PieceId piece, Position target) {
        Referee.checkMove(state, who, piece);
        Referee.checkTarget(state, who, piece, target);
        return new Play(state).byOwnHand().move(piece.index()).step();
    }

    /**
     * The player to act has run out of time. They are dismissed if that was one time too many, which is as if they left;
     * else the turn passes or is played for them, as the rules say.
     *
     * @param automatic rolled once if a roll is due and the rules have it played; not touched otherwise
     * @return the game after it
     * @throws RefusedException with {@link Refusal#GAME_ENDED}, or {@link Refusal#BAD_ROLL} if the die shows nonsense
     */
    public Step timeout(Dice automatic) {
        Referee.checkRunning(state);
        return new Play(state).timeout(automatic).step();
    }

    /**
     * A player leaves for good, in turn or not. One who has finished keeps their place, and nothing changes.
     *
     * @param who the player
     * @return the game after it
     * @throws RefusedException with {@link Refusal#GAME_ENDED}, {@link Refusal#UNKNOWN_SEAT} or {@link Refusal#ALREADY_LEFT}
     */
    public Step leave(PlayerId who) {
        int seat = Referee.checkLeave(state, who);
        return state.standing().finished().contains(who)
                ? new Step(this, List.of())
                : new Play(state).leave(seat).step();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Game that && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return state.hashCode();
    }

    /** The turn and every player's pieces, for people to read. */
    @Override
    public String toString() {
        return state.toString();
    }
}
