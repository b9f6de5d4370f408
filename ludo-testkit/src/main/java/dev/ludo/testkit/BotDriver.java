package dev.ludo.testkit;

import dev.ludo.core.model.LegalMove;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.TurnPhase;
import dev.ludo.core.rules.Bot;
import dev.ludo.core.rules.Game;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Plays for the bots, one step at a time: whenever a bot is to act, its next roll or move is planned, and carried out on
 * the thread of the timers. A bot's delay is the time for a roll and its move together: half of it passes before the roll,
 * half between the roll and the move. Guarded by the world's lock.
 */
final class BotDriver {
    /** How a bot plays. */
    record BotStyle(Bot bot, Duration delay) {}

    /** Rolls at once, and is not asked for a move. */
    private static final BotStyle ROLLER =
            new BotStyle(game -> game.legalMoves().getFirst(), Duration.ZERO);

    /** Which step is planned, so that it is not planned anew by what happens while it waits. */
    private record Due(PlayerId playerId, int turnNumber, TurnPhase phase) {}

    private final GameMaster master;
    private final InstantSource clock;
    private final boolean rollsForAll;

    BotDriver(GameMaster master, FakeSetup setup) {
        this.master = master;
        this.clock = setup.clock();
        // Nobody can ask for a roll by what is attested.
        this.rollsForAll = setup.attestedOnly();
    }

    /** Looks whether a bot is to act. To be called after every change of a game that goes on. */
    void wake(FakeRoom room) {
        Game game = room.game().game();
        PlayerId current = game.currentPlayer().orElseThrow();
        Optional<BotStyle> bot = room.seat(current)
                .flatMap(Seat::bot)
                .or(() -> rollsForAll && game.phase() == TurnPhase.ROLL ? Optional.of(ROLLER) : Optional.empty());
        if (bot.isEmpty()) {
            room.botStep.cancel();
            return;
        }
        Due due = new Due(current, game.turnNumber(), game.phase());
        if (room.botStep.holds(due)) {
            return;
        }
        Duration half = bot.get().delay().dividedBy(2);
        Duration wait =
                game.phase() == TurnPhase.ROLL ? half : bot.get().delay().minus(half);
        room.botStep.plan(due, clock.instant().plus(wait), () -> act(room, current, bot.get()));
    }

    private void act(FakeRoom room, PlayerId who, BotStyle style) {
        Game game = room.game().game();
        if (game.phase() == TurnPhase.ROLL) {
            master.roll(room, Optional.of(who));
        } else {
            LegalMove choice = style.bot().choose(game);
            master.move(room, Optional.of(who), choice.asMove());
        }
    }
}
