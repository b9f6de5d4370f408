package dev.ludo.testkit;

import dev.ludo.core.rules.Dice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Where the dice of all games come from. Guarded by the world's lock. */
final class DiceBox {
    /** How many dice may wait in one queue. */
    private static final int MOST_WAITING = 10_000;

    private final Deque<Integer> forAnyGame = new ArrayDeque<>();
    private Optional<Supplier<Dice>> source;
    private long seed;
    private long started;

    /** With a source of its own, each new game gets the next dice from there, until it is given a seed. */
    DiceBox(long seed, Optional<Supplier<Dice>> source) {
        this.seed = seed;
        this.source = source;
    }

    /** The n-th game since the seed was set, counted from 0, has the stream seed + n. */
    GameDice forNewGame() {
        return new GameDice(source.map(Supplier::get).orElseGet(() -> Dice.seeded(seed + started++)));
    }

    void reseed(long newSeed) {
        source = Optional.empty();
        seed = newSeed;
        started = 0;
    }

    /** Queues values for whichever game rolls next; says how many wait now. */
    int queue(List<Integer> values) {
        return add(values, forAnyGame);
    }

    private static int add(List<Integer> values, Deque<Integer> queue) {
        if (queue.size() + values.size() > MOST_WAITING) {
            throw ApiRoutes.invalid("values", "must leave at most " + MOST_WAITING + " dice waiting");
        }
        queue.addAll(values);
        return queue.size();
    }

    /** The dice of one game: values queued for it, else values queued for any game, else its own stream. */
    final class GameDice {
        private final Dice stream;
        private final Deque<Integer> queued = new ArrayDeque<>();
        private OptionalInt drawn = OptionalInt.empty();

        private GameDice(Dice stream) {
            this.stream = stream;
        }

        int queue(List<Integer> values) {
            return add(values, queued);
        }

        /** What the next roll will be. A roll that the rules refuse must not cost a value, so looking is not rolling. */
        int peek() {
            if (!queued.isEmpty()) {
                return queued.getFirst();
            }
            if (!forAnyGame.isEmpty()) {
                return forAnyGame.getFirst();
            }
            if (drawn.isEmpty()) {
                drawn = OptionalInt.of(stream.roll());
            }
            return drawn.getAsInt();
        }

        int roll() {
            int value = peek();
            if (queued.poll() == null && forAnyGame.poll() == null) {
                drawn = OptionalInt.empty();
            }
            return value;
        }
    }
}
