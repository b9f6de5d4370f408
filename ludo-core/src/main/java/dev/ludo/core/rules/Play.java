package dev.ludo.core.rules;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomEvent.DiceRolled;
import dev.ludo.core.event.RoomEvent.GameEnded;
import dev.ludo.core.event.RoomEvent.PieceMoved;
import dev.ludo.core.event.RoomEvent.PlayerFinished;
import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.MoveCause;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.rules.RuleSet.BonusStacking;
import dev.ludo.core.rules.RuleSet.EndCondition;
import dev.ludo.core.rules.RuleSet.LeaverPieces;
import dev.ludo.core.rules.RuleSet.OnTimeout;
import dev.ludo.core.rules.RuleSet.SixLimitRule;
import dev.ludo.core.rules.RuleSet.SixWithoutMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One action being carried out: begins as the state before it, is changed by exactly one of {@link #roll}, {@link #move},
 * {@link #timeout} and {@link #leave}, and is then frozen by {@link #step}. What is not allowed was refused before.
 */
final class Play {
    final Seating seating;
    PerSeat rows;
    Standing standing;

    @Nullable
    TurnStart turnStart;

    List<LegalMove> legalMoves = List.of();
    byte turn;
    byte dice;
    int sixes;
    int pendingRolls;
    int turnNumber;

    private List<RoomEvent> events = List.of();

    /** At the opening, before anything has happened. */
    Play(Seating seating) {
        this.seating = seating;
        int row = 0;
        for (int piece = 0; piece < seating.rules.startPiecesOut(); piece++) {
            row = Row.with(row, piece, Board.START);
        }
        this.standing = Standing.opening(seating.taken());
        this.rows = PerSeat.ZERO;
        for (int seat = 0; seat < 4; seat++) {
            rows = rows.with(seat, standing.isActive(seat) ? row : 0);
        }
        this.turnNumber = 1;
        beginTurn(0);
    }

    Play(State before) {
        this.seating = before.seating();
        this.rows = before.rows();
        this.standing = before.standing();
        this.turnStart = before.turnStart();
        this.legalMoves = before.legalMoves();
        this.turn = before.turn();
        this.dice = before.dice();
        this.sixes = before.sixes();
        this.pendingRolls = before.pendingRolls();
        this.turnNumber = before.turnNumber();
    }

    Step opening() {
        tell(seating.turnTo(turn, TurnReason.STARTED));
        return step();
    }

    Step step() {
        return new Step(game(), events);
    }

    Game game() {
        return new Game(
                new State(seating, rows, standing, turnStart, legalMoves, turn, dice, sixes, pendingRolls, turnNumber));
    }

    /** The player to act is there: whatever they missed in a row is forgotten. */
    Play byOwnHand() {
        standing = standing.withMissed(turn, 0);
        return this;
    }

    Play roll(int value) {
        sixes = value == 6 ? sixes + 1 : 0;
        boolean tooMany = isSixTooMany(value);
        boolean isVoid = tooMany && seating.rules.sixLimitRule() != SixLimitRule.PLAY_LAST;
        List<LegalMove> moves = isVoid
                ? List.of()
                : seating.moveRules.legalMoves(rows, standing.captures().at(turn), turn, value);
        tell(new DiceRolled(value, seating.owner(turn), moves));
        if (!moves.isEmpty()) {
            dice = (byte) value;
            legalMoves = moves;
        } else if (tooMany) {
            putBack();
            pass(TurnReason.THREE_SIXES);
        } else {
            boolean again =
                    seating.rules.sixWithoutMove() == SixWithoutMove.ROLL_AGAIN && seating.moveRules.earnsRoll(value);
            goOn(again ? 1 : 0, TurnReason.NO_LEGAL_MOVE);
        }
        return this;
    }

    Play move(int piece) {
        int value = dice;
        int to = MoveRules.target(Row.progress(rows.at(turn), piece), value);
        int captured = seating.moveRules.captured(rows, turn, to);
        place(turn, piece, to, MoveCause.MOVED, Optional.empty());
        capture(captured, Board.somePiece(turn, piece));
        dice = 0;
        legalMoves = List.of();
        boolean isHome = to == Board.HOME;
        if (isHome && Row.count(rows.at(turn), Board.HOME) >= seating.rules.tokensToWin()) {
            finish();
        } else if (isSixTooMany(value)) {
            pass(TurnReason.THREE_SIXES);
        } else {
            int earned = (seating.moveRules.earnsRoll(value) ? 1 : 0)
                    + (captured != 0 && seating.rules.extraRollOnCapture() ? 1 : 0)
                    + (isHome && seating.rules.extraRollOnHome() ? 1 : 0);
            boolean single = seating.rules.bonusStacking() == BonusStacking.SINGLE;
            boolean again = goOn(single ? Math.min(earned, 1) : earned, TurnReason.MOVED);
            if (again && seating.rules.announceExtraRoll()) {
                // Only moves announce it: a roll that nothing can move by says no more than itself.
                tell(seating.turnTo(turn, TurnReason.EXTRA_ROLL));
            }
        }
        return this;
    }

    Play timeout(Dice automatic) {
        RuleSet rules = seating.rules;
        int missed = standing.missed().at(turn) + 1;
        standing = standing.withMissed(turn, missed);
        if (rules.maxMissedTurns() > 0 && missed >= rules.maxMissedTurns()) {
            return leave(turn);
        }
        if (rules.onTimeout() == OnTimeout.SKIP) {
            pass(TurnReason.TIMEOUT);
            return this;
        }
        if (dice == 0) {
            roll(Referee.checkRoll(automatic.roll()));
        }
        return dice == 0 ? this : move(MoveRules.furthest(rows.at(turn), legalMoves));
    }

    Play leave(int seat) {
        standing = standing.leave(seat, seating.player(seat));
        if (seating.rules.leaverPieces() == LeaverPieces.REMOVE) {
            remove(seat);
        }
        if (standing.countActive() <= 1) {
            end();
        } else if (seat == turn) {
            pass(TurnReason.LEFT);
        } else if (dice != 0) {
            legalMoves = seating.moveRules.legalMoves(rows, standing.captures().at(turn), turn, dice);
        }
        return this;
    }

    private boolean isSixTooMany(int value) {
        return value == 6 && seating.rules.sixLimit() > 0 && sixes >= seating.rules.sixLimit();
    }

    private void place(int seat, int piece, int to, MoveCause cause, Optional<PieceId> by) {
        int row = rows.at(seat);
        int from = Row.progress(row, piece);
        rows = rows.with(seat, Row.with(row, piece, to));
        tell(new PieceMoved(
                Board.piece(seat, piece),
                Board.position(seat, to),
                seating.owner(seat),
                Board.somePosition(seat, from),
                cause,
                by));
    }

    private void capture(int captured, Optional<PieceId> by) {
        for (int rest = captured; rest != 0; rest &= (rest - 1)) {
            int piece = Integer.numberOfTrailingZeros(rest);
            place(piece >> 2, piece & 3, Board.YARD, MoveCause.CAPTURED, by);
        }
        PerSeat captures = standing.captures();
        standing = standing.withCaptures(captures.with(turn, captures.at(turn) + Integer.bitCount(captured)));
    }

    private void finish() {
        PlayerId who = seating.player(turn);
        standing = standing.finish(turn, who);
        tell(new PlayerFinished(who, standing.finished().size()));
        if (seating.rules.endCondition() == EndCondition.FIRST_WINNER || standing.countActive() <= 1) {
            end();
        } else {
            pass(TurnReason.MOVED);
        }
    }

    /** Whether the same player rolls again, since a roll is owed or earned; if not, the turn passes. */
    private boolean goOn(int earned, TurnReason reason) {
        int owed = pendingRolls + earned;
        if (owed == 0) {
            pass(reason);
            return false;
        }
        pendingRolls = owed - 1;
        return true;
    }

    private void pass(TurnReason reason) {
        beginTurn(Seating.next(standing.active(), turn));
        turnNumber++;
        tell(seating.turnTo(turn, reason));
    }

    void beginTurn(int seat) {
        turn = (byte) seat;
        dice = 0;
        sixes = 0;
        pendingRolls = 0;
        legalMoves = List.of();
        turnStart = seating.rules.sixLimitRule() == SixLimitRule.REVERT_TURN
                ? new TurnStart(rows, standing.captures())
                : null;
    }

    private void end() {
        List<PlayerId> ranking = Ranking.of(seating, rows, standing, turn);
        stop();
        tell(new GameEnded(ranking.getFirst(), ranking));
    }

    /** Nobody is to act any more. */
    void stop() {
        turn = -1;
        dice = 0;
        sixes = 0;
        pendingRolls = 0;
        legalMoves = List.of();
        turnStart = null;
    }

    private void putBack() {
        if (turnStart == null) {
            return;
        }
        for (int seat = 0; seat < 4; seat++) {
            for (int piece = 0; piece < 4; piece++) {
                int then = Row.progress(turnStart.rows().at(seat), piece);
                if (Row.progress(rows.at(seat), piece) != then) {
                    place(seat, piece, then, MoveCause.REVERTED, Optional.empty());
                }
            }
        }
        standing = standing.withCaptures(turnStart.captures());
    }

    private void remove(int seat) {
        for (int piece = 0; piece < 4; piece++) {
            int progress = Row.progress(rows.at(seat), piece);
            if (progress != Board.YARD && progress != Board.HOME) {
                place(seat, piece, Board.YARD, MoveCause.LEFT, Optional.empty());
            }
        }
        if (turnStart != null) {
            // Leaving is no move: a turn that is undone later does not bring a leaver's pieces back.
            turnStart = new TurnStart(turnStart.rows().with(seat, rows.at(seat)), turnStart.captures());
        }
    }

    /** Most steps have one event or two. */
    private void tell(RoomEvent event) {
        switch (events.size()) {
            case 0 -> events = List.of(event);
            case 1 -> events = List.of(events.getFirst(), event);
            default -> {
                List<RoomEvent> longer = new ArrayList<>(events);
                longer.add(event);
                events = List.copyOf(longer);
            }
        }
    }
}
