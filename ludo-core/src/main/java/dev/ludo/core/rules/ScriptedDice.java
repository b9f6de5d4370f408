package dev.ludo.core.rules;

/** Dice that follow a script; see {@link Dice#scripted}. */
final class ScriptedDice implements Dice {
    private final int[] values;
    private int next;

    ScriptedDice(int[] values) {
        this.values = values.clone();
        for (int value : this.values) {
            if (value < 1 || value > 6) {
                throw new IllegalArgumentException("dice value must be 1..6, was " + value);
            }
        }
    }

    @Override
    public int roll() {
        if (next == values.length) {
            throw new DiceExhaustedException(values.length);
        }
        return values[next++];
    }
}
