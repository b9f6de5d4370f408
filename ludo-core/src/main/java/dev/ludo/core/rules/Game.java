package dev.ludo.core.rules;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.TurnPhase;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private static final List<OptionalInt> DICE = List.of(
            OptionalInt.empty(),
            OptionalInt.of(1),
            OptionalInt.of(2),
            OptionalInt.of(3),
            OptionalInt.of(4),
            OptionalInt.of(5),
            OptionalInt.of(6));

    final Seating seating;
    /** The pieces of each seat, as a {@link Row}. */
    final PerSeat rows;

    final Standing standing;
    /** Only there under {@link RuleSet.SixLimitRule#REVERT_TURN} and until the game ends. */
    final @Nullable TurnStart turnStart;

    /** Follows from the rest; empty unless a move is awaited. */
    final List<LegalMove> legalMoves;
    /** The seat to act, or −1 once the game has ended. */
    final byte turn;
    /** The die that awaits its move, or 0. */
    final byte dice;

    final int sixes;
    final int pendingRolls;
    final int turnNumber;

    Game(Play play) {
        this.seating = play.seating;
        this.rows = play.rows;
        this.standing = play.standing;
        this.turnStart = play.turnStart;
        this.legalMoves = play.legalMoves;
        this.turn = play.turn;
        this.dice = play.dice;
        this.sixes = play.sixes;
        this.pendingRolls = play.pendingRolls;
        this.turnNumber = play.turnNumber;
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

    /**
     * What is played by.
     *
     * @return the rules
     */
    public RuleSet rules() {
        return seating.rules;
    }

    /**
     * Who plays or has played.
     *
     * @return two to four players in joining order
     */
    public List<PlayerId> players() {
        return seating.players;
    }

    /**
     * A player's colour.
     *
     * @param who one of the players
     * @return the colour
     * @throws IllegalArgumentException if they are not in this game
     */
    public Color color(PlayerId who) {
        return Color.ofSeat(seat(who));
    }

    /**
     * Who plays a colour.
     *
     * @param color any colour
     * @return the player, or empty if nobody does
     */
    public Optional<PlayerId> playerOf(Color color) {
        return color == Color.UNKNOWN ? Optional.empty() : seating.owner(color.seat());
    }

    /**
     * Whether the game has ended.
     *
     * @return whether nobody is to act any more
     */
    public boolean isOver() {
        return turn < 0;
    }

    /**
     * Whose turn it is.
     *
     * @return the player to act, or empty once the game has ended
     */
    public Optional<PlayerId> currentPlayer() {
        return turn < 0 ? Optional.empty() : seating.owner(turn);
    }

    /**
     * What the player to act has to do.
     *
     * @return {@link TurnPhase#ROLL} or {@link TurnPhase#MOVE}
     * @throws IllegalStateException once the game has ended; ask {@link #isOver} first
     */
    public TurnPhase phase() {
        if (turn < 0) {
            throw new IllegalStateException("the game has ended, nobody is to act");
        }
        return dice == 0 ? TurnPhase.ROLL : TurnPhase.MOVE;
    }

    /**
     * The die that awaits its move.
     *
     * @return 1 to 6, or empty while a roll is due and once the game has ended
     */
    public OptionalInt dice() {
        return DICE.get(dice);
    }

    /**
     * How many sixes this turn has seen in a row, up to now.
     *
     * @return 0 or more; 0 once the game has ended
     */
    public int sixes() {
        return sixes;
    }

    /**
     * How many rolls are owed beyond the present one, under {@link RuleSet.BonusStacking#ACCUMULATE}.
     *
     * @return 0 or more; 0 once the game has ended
     */
    public int pendingRolls() {
        return pendingRolls;
    }

    /**
     * Which turn of the game this is. Several rolls of one player in a row are one turn.
     *
     * @return 1 or more, one more with each change of player; that of the last turn once the game has ended
     */
    public int turnNumber() {
        return turnNumber;
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
        if (seating.owner(seat).isEmpty()) {
            throw new IllegalArgumentException("piece must be one in this game, was " + piece);
        }
        return Row.progress(rows.at(seat), piece.index());
    }

    /**
     * How a player stands.
     *
     * @param who one of the players
     * @return whether they still play, have finished or have left
     * @throws IllegalArgumentException if they are not in this game
     */
    public SeatStatus status(PlayerId who) {
        if (standing.isActive(seat(who))) {
            return SeatStatus.ACTIVE;
        }
        return standing.finished().contains(who) ? SeatStatus.FINISHED : SeatStatus.LEFT;
    }

    /**
     * A finisher's place.
     *
     * @param who one of the players
     * @return the place from 1, or empty for a player who has not brought home enough pieces
     * @throws IllegalArgumentException if they are not in this game
     */
    public OptionalInt finishedRank(PlayerId who) {
        return status(who) == SeatStatus.FINISHED
                ? OptionalInt.of(standing.finished().indexOf(who) + 1)
                : OptionalInt.empty();
    }

    /**
     * How many opposing pieces a player has captured.
     *
     * @param who one of the players
     * @return 0 or more; captures that a third six undid do not count
     * @throws IllegalArgumentException if they are not in this game
     */
    public int captures(PlayerId who) {
        return standing.captures().at(seat(who));
    }

    /**
     * How many timeouts a player has had since they last rolled or moved by themselves.
     *
     * @param who one of the players
     * @return 0 or more
     * @throws IllegalArgumentException if they are not in this game
     */
    public int missedTurns(PlayerId who) {
        return standing.missed().at(seat(who));
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
        return Ranking.of(seating, rows, standing, turn);
    }

    /**
     * Who has won. That is known as soon as somebody has finished, which may be long before the game ends.
     *
     * @return the first finisher, or else the first of the ranking; empty until there is one
     */
    public Optional<PlayerId> winner() {
        return (isOver() ? standings() : standing.finished()).stream().findFirst();
    }

    /**
     * What may be moved by the die that awaits its move.
     *
     * @return the moves in order of the pieces' numbers; empty unless a move is awaited
     */
    public List<LegalMove> legalMoves() {
        return legalMoves;
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
        Referee.checkRoll(this, who, value);
        return new Play(this).byOwnHand().roll(value).step();
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
        Referee.checkMove(this, who, piece);
        return new Play(this).byOwnHand().move(piece.index()).step();
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
        Referee.checkMove(this, who, piece);
        Referee.checkTarget(this, who, piece, target);
        return new Play(this).byOwnHand().move(piece.index()).step();
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
        Referee.checkRunning(this);
        return new Play(this).timeout(automatic).step();
    }

    /**
     * A player leaves for good, in turn or not. One who has finished keeps their place, and nothing changes.
     *
     * @param who the player
     * @return the game after it
     * @throws RefusedException with {@link Refusal#GAME_ENDED}, {@link Refusal#UNKNOWN_SEAT} or {@link Refusal#ALREADY_LEFT}
     */
    public Step leave(PlayerId who) {
        int seat = Referee.checkLeave(this, who);
        return standing.finished().contains(who)
                ? new Step(this, List.of())
                : new Play(this).leave(seat).step();
    }

    private int seat(PlayerId who) {
        int seat = seating.seat(who);
        if (seat < 0) {
            throw new IllegalArgumentException("player must be one of this game, was " + who);
        }
        return seat;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Game that
                && turn == that.turn
                && turnNumber == that.turnNumber
                && dice == that.dice
                && sixes == that.sixes
                && pendingRolls == that.pendingRolls
                && rows.equals(that.rows)
                && standing.equals(that.standing)
                && Objects.equals(turnStart, that.turnStart)
                && players().equals(that.players())
                && rules().equals(that.rules());
    }

    @Override
    public int hashCode() {
        return Objects.hash(turn, turnNumber, dice, sixes, rows, standing, players());
    }

    /** The turn and every player's pieces, for people to read. */
    @Override
    public String toString() {
        String act = isOver()
                ? "ended, ranking " + ranking()
                : seating.describe(turn) + (dice == 0 ? " to roll" : " to move by " + dice);
        return "turn " + turnNumber + ": " + act + "; "
                + seating.seatsClockwise().map(this::describe).collect(Collectors.joining(", "));
    }

    private String describe(int seat) {
        int row = rows.at(seat);
        String status = status(seating.player(seat)).name().toLowerCase(Locale.ROOT);
        return Color.ofSeat(seat).word() + " " + Row.progress(row, 0) + " " + Row.progress(row, 1) + " "
                + Row.progress(row, 2) + " " + Row.progress(row, 3)
                + (standing.isActive(seat) ? "" : " " + status);
    }
}
