package dev.ludo.testkit;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.Room;
import java.util.List;

/**
 * A game that a test has set up, as it began.
 *
 * @param room the room it is played in
 * @param game how it stands
 * @param players who plays, in joining order
 */
public record Table(Room room, GameState game, List<SeatedPlayer> players) {
    /** Copies the list. */
    public Table {
        players = List.copyOf(players);
    }

    /**
     * Who plays a colour.
     *
     * @param color one that is in the game
     * @return the player
     * @throws IllegalArgumentException if nobody plays it
     */
    public SeatedPlayer player(Color color) {
        return game.players().stream()
                .filter(player -> player.color() == color)
                .flatMap(player ->
                        players.stream().filter(seated -> seated.playerId().equals(player.playerId())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("color must be one that plays, was " + color.word()));
    }
}
