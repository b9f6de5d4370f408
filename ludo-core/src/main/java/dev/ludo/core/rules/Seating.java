package dev.ludo.core.rules;

import dev.ludo.core.event.RoomEvent.TurnChange;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.TurnReason;
import dev.ludo.core.rules.RuleSet.TwoPlayerSeating;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What never changes in a game: the rules and who sits where. All states of one game share it. */
final class Seating {
    private static final int NONE = -1;

    final RuleSet rules;
    final MoveRules moveRules;
    final List<PlayerId> players;
    private final int[] seats;
    private final List<Optional<PlayerId>> owners;

    Seating(RuleSet rules, List<PlayerId> players) {
        this.rules = rules;
        this.moveRules = new MoveRules(rules);
        this.players = List.copyOf(players);
        if (this.players.size() < 2 || this.players.size() > 4) {
            throw new IllegalArgumentException("players must be 2..4, was " + this.players.size());
        }
        if (new HashSet<>(this.players).size() < this.players.size()) {
            throw new IllegalArgumentException("players must be distinct, was " + this.players);
        }
        boolean opposite = rules.twoPlayerSeating() == TwoPlayerSeating.OPPOSITE;
        this.seats = new int[this.players.size()];
        List<Optional<PlayerId>> bySeat = new ArrayList<>(List.of(none(), none(), none(), none()));
        for (int i = 0; i < seats.length; i++) {
            seats[i] = seats.length == 2 && opposite ? 2 * i : i;
            bySeat.set(seats[i], Optional.of(this.players.get(i)));
        }
        this.owners = List.copyOf(bySeat);
    }

    private static Optional<PlayerId> none() {
        return Optional.empty();
    }

    /** The seat of a player, or −1 if they are not in this game. */
    int seat(PlayerId who) {
        for (int i = 0; i < seats.length; i++) {
            if (players.get(i).equals(who)) {
                return seats[i];
            }
        }
        return NONE;
    }

    /** The taken seats, one bit for each. */
    int taken() {
        int taken = 0;
        for (int seat : seats) {
            taken |= 1 << seat;
        }
        return taken;
    }

    Optional<PlayerId> owner(int seat) {
        return owners.get(seat);
    }

    PlayerId player(int seat) {
        return owners.get(seat).orElseThrow();
    }

    TurnChange turnTo(int seat, TurnReason reason) {
        return new TurnChange(player(seat), reason);
    }

    /** A player's name and colour, for messages. */
    String describe(int seat) {
        return player(seat) + " (" + Color.ofSeat(seat).word() + ")";
    }

    Stream<Integer> seatsClockwise() {
        return Stream.of(0, 1, 2, 3).filter(seat -> owners.get(seat).isPresent());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seating that && players.equals(that.players) && rules.equals(that.rules);
    }

    @Override
    public int hashCode() {
        return players.hashCode();
    }

    /** The next seat clockwise among some, which may be the same one. */
    static int next(int among, int seat) {
        int next = seat;
        do {
            next = (next + 1) & 3;
        } while (((among >> next) & 1) == 0);
        return next;
    }
}
