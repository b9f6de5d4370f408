package dev.ludo.core.rules;

import dev.ludo.core.model.PlayerId;
import java.util.ArrayList;
import java.util.List;

/**
 * How the players stand, apart from their pieces. It changes seldom, so that most states of a game share it.
 *
 * @param captures pieces captured
 * @param missed timeouts in a row
 * @param active the seats that still play, one bit for each
 * @param finished who has finished, the first one first
 * @param left who has left, the first one first
 */
record Standing(PerSeat captures, PerSeat missed, int active, List<PlayerId> finished, List<PlayerId> left) {

    static Standing opening(int active) {
        return new Standing(PerSeat.ZERO, PerSeat.ZERO, active, List.of(), List.of());
    }

    boolean isActive(int seat) {
        return ((active >> seat) & 1) != 0;
    }

    int countActive() {
        return Integer.bitCount(active);
    }

    Standing withCaptures(PerSeat captures) {
        return captures.equals(this.captures) ? this : new Standing(captures, missed, active, finished, left);
    }

    Standing withMissed(int seat, int count) {
        return missed.at(seat) == count
                ? this
                : new Standing(captures, missed.with(seat, count), active, finished, left);
    }

    Standing finish(int seat, PlayerId who) {
        return new Standing(captures, missed, active & ~(1 << seat), append(finished, who), left);
    }

    Standing leave(int seat, PlayerId who) {
        return new Standing(captures, missed, active & ~(1 << seat), finished, append(left, who));
    }

    private static List<PlayerId> append(List<PlayerId> list, PlayerId who) {
        List<PlayerId> longer = new ArrayList<>(list);
        longer.add(who);
        return List.copyOf(longer);
    }
}
