package dev.ludo.testkit;

import dev.ludo.core.model.PlayerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What a ranked game does to its players' ratings: each is compared with each opponent as if the two had played alone, and
 * the change is 32 / (n − 1) · Σ(S − E), rounded, with S 1 for a better place and 0 for a worse one, and E what the two
 * ratings before the game let one expect.
 */
final class Elo {
    private static final double K = 32;

    private Elo() {}

    static Map<PlayerId, Integer> changes(List<PlayerId> ranking, ToIntFunction<PlayerId> ratingBefore) {
        Map<PlayerId, Integer> changes = new LinkedHashMap<>();
        for (int place = 0; place < ranking.size(); place++) {
            int own = ratingBefore.applyAsInt(ranking.get(place));
            double surplus = 0;
            for (int other = 0; other < ranking.size(); other++) {
                if (other != place) {
                    int gap = ratingBefore.applyAsInt(ranking.get(other)) - own;
                    surplus += (place < other ? 1 : 0) - 1 / (1 + Math.pow(10, gap / 400.0));
                }
            }
            changes.put(ranking.get(place), (int) Math.round(K / (ranking.size() - 1) * surplus));
        }
        return changes;
    }
}
