package dev.ludo.testkit;

import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.GameState;
import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.PlayerName;
import dev.ludo.core.model.Room;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.core.rules.BotPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What happens in a fake: how a test sets its rooms, games and dice, and looks at what has become of them. What is set here
 * is told on sockets and by webhooks as if players had done it.
 *
 * <p>Thread-safe.
 */
public abstract sealed class Scene permits FakeLudo {
    /** A bot that waits longer between two moves does not play: a day. */
    static final Duration LONGEST_DELAY = Duration.ofDays(1);

    private final World world;

    Scene(World world) {
        this.world = world;
    }

    /**
     * Opens a classic room for four in which nobody sits yet.
     *
     * @return the room
     */
    public Room openRoom() {
        return openRoom(NewRoom.DEFAULT);
    }

    /**
     * Opens a room in which nobody sits yet.
     *
     * @param maxPlayers for how many players, 2 to 4
     * @param mode by which rules
     * @return the room
     * @throws IllegalArgumentException if the number is out of range
     */
    public Room openRoom(int maxPlayers, GameMode mode) {
        return openRoom(new NewRoom(maxPlayers, mode));
    }

    /**
     * Opens a room in which nobody sits yet.
     *
     * @param wish for how many players and by which rules
     * @return the room
     * @throws IllegalStateException if there are as many rooms as the fake takes
     */
    public Room openRoom(NewRoom wish) {
        return translated(now -> now.lobby.open(wish).room());
    }

    /**
     * Registers a player and seats them. If they take the last seat, the game starts.
     *
     * @param code the room, which must be waiting
     * @param playerName their name, as it would be taken over HTTP
     * @return the player, with their tokens
     * @throws IllegalArgumentException if the name is none, or there is no such room
     * @throws IllegalStateException if the room is not waiting
     */
    public SeatedPlayer seat(RoomCode code, String playerName) {
        PlayerName name = PlayerName.of(playerName);
        return translated(now -> now.scenery.seat(now.registry.room(code), name));
    }

    /**
     * Opens a room, seats players and starts a game in the middle of play.
     *
     * @param at where it is to begin
     * @return the room, the game and the players' tokens
     * @throws IllegalArgumentException if no game can stand so; the message says why
     * @throws IllegalStateException if there are as many rooms as the fake takes
     */
    public Table gameAt(GameAt at) {
        return translated(now -> now.scenery.set(at));
    }

    /**
     * Seats bots, which play by themselves once the game has started. If they take the last seats, it starts. A bot's delay
     * is the time for a roll and its move together, on the fake's clock: half of it passes before the roll, half between the
     * roll and the move. With {@link Duration#ZERO} a bot plays at once, on a thread of the fake.
     *
     * @param code the room, which must be waiting
     * @param count how many, 1 to 4
     * @param policy how they choose their moves
     * @param delay zero to a day
     * @return the room with them in it
     * @throws IllegalArgumentException if the count or the delay is out of range, or there is no such room
     * @throws IllegalStateException if the room has too few free seats or is not waiting
     */
    public Room seatBots(RoomCode code, int count, BotPolicy policy, Duration delay) {
        require(count >= 1 && count <= 4, "count must be 1 to 4, was " + count);
        require(
                !delay.isNegative() && delay.compareTo(LONGEST_DELAY) <= 0,
                "delay must be from zero to a day, was " + delay);
        return translated(now -> {
            FakeRoom room = now.registry.room(code);
            now.lobby.seatBots(room, count, policy, delay);
            return room.room();
        });
    }

    /**
     * Says what the dice will show next, in whichever game rolls. A game's own script comes first; after the scripts each
     * game goes on with its own dice where they were.
     *
     * @param values what to roll, each 1 to 6
     * @throws IllegalArgumentException if a value is out of range, or more than 10,000 would wait
     */
    public void rollNext(int... values) {
        List<Integer> dice = dice(values);
        translated(now -> now.rollNext(Optional.empty(), dice));
    }

    /**
     * Says what the dice of one game will show next.
     *
     * @param game the game
     * @param values what to roll, each 1 to 6
     * @throws IllegalArgumentException if a value is out of range, more than 10,000 would wait, or there is no such game
     */
    public void rollNext(GameId game, int... values) {
        List<Integer> dice = dice(values);
        boolean known =
                translated(now -> now.rollNext(Optional.of(game.value()), dice)).isPresent();
        require(known, "game must be one of this fake, was " + game);
    }

    private static List<Integer> dice(int... values) {
        for (int value : values) {
            require(value >= 1 && value <= 6, "values must be 1 to 6, was " + value);
        }
        return Arrays.stream(values).boxed().toList();
    }

    /**
     * Gives the games to come their dice: the n-th game started from now on, counted from 0, rolls as
     * {@code Dice.seeded(seed + n)} does. Games that have started keep theirs.
     *
     * @param seed any number
     */
    public void reseed(long seed) {
        world.tell(now -> now.dice.reseed(seed));
    }

    /**
     * The rooms that can be read, closed ones too.
     *
     * @return the rooms in the order in which they were opened
     */
    public List<Room> rooms() {
        return world.ask(now -> now.registry.rooms());
    }

    /**
     * A room.
     *
     * @param code its code
     * @return the room as it is now, or empty if there is none, or no longer
     */
    public Optional<Room> room(RoomCode code) {
        return world.ask(now -> now.registry.find(code).map(FakeRoom::room));
    }

    /**
     * A game.
     *
     * @param game which one
     * @return its state now, or empty if there is none, or no longer
     */
    public Optional<GameState> game(GameId game) {
        return world.ask(now -> now.registry.findOfGame(game.value()).map(FakeRoom::state));
    }

    /**
     * What a room has told everybody: who came and went, and what happened in its game.
     *
     * @param code the room
     * @return its last messages, as many as are kept for whoever comes back, in their order
     * @throws IllegalArgumentException if there is no such room
     */
    public List<RoomMessage> messages(RoomCode code) {
        return translated(now -> now.registry.room(code).log().after(0));
    }

    /**
     * Waits until a room is as it should be, such as ended. This waits in real time and does not move the clock.
     *
     * @param code the room
     * @param until what it should be like; asked under a lock, so it must only look at the room
     * @param atMost how long to wait
     * @return the room as it then was
     * @throws IllegalStateException if it does not come about in time, or there is no such room; the message shows what
     *     there is
     * @throws InterruptedException if the thread is interrupted
     */
    public Room awaitRoom(RoomCode code, Predicate<Room> until, Duration atMost) throws InterruptedException {
        Optional<Room> room = world.await(
                now -> now.registry.find(code).map(FakeRoom::room),
                found -> found.isEmpty() || until.test(found.get()),
                atMost);
        if (room.filter(until).isEmpty()) {
            throw new IllegalStateException("after " + atMost + " the room is still not as awaited: "
                    + room.map(Room::toString).orElse("there is no room " + code));
        }
        return room.get();
    }

    /**
     * Subscribes to webhooks, as {@code POST /v1/webhooks} does.
     *
     * @param wish where to deliver what
     * @return the subscription, with its secret
     * @throws IllegalStateException if there are as many as the fake takes
     */
    public WebhookSubscription subscribe(NewWebhook wish) {
        return translated(now -> now.webhooks.subscribe(wish));
    }

    /**
     * What has been posted to webhooks.
     *
     * @return the last 1,000 attempts that have been answered or have failed, in that order
     */
    public List<WebhookAttempt> webhookAttempts() {
        return world.ask(now -> now.webhooks.attempts());
    }

    /**
     * Waits until so many attempts to deliver to webhooks have been answered or have failed. This waits in real time and does
     * not move the clock.
     *
     * @param count how many, 1 to 1000
     * @param atMost how long to wait
     * @return the attempts then
     * @throws IllegalArgumentException if the count is out of range
     * @throws IllegalStateException if there are fewer in time; the message shows them
     * @throws InterruptedException if the thread is interrupted
     */
    public List<WebhookAttempt> awaitWebhookAttempts(int count, Duration atMost) throws InterruptedException {
        require(count >= 1 && count <= 1_000, "count must be 1 to 1000, was " + count);
        List<WebhookAttempt> attempts =
                world.await(now -> now.webhooks.attempts(), made -> made.size() >= count, atMost);
        if (attempts.size() < count) {
            throw new IllegalStateException(
                    "after " + atMost + " there are not " + count + " attempts to deliver, but " + attempts);
        }
        return attempts;
    }

    private <T> T translated(Function<Realm, T> step) {
        try {
            return world.ask(step);
        } catch (InvalidRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (ApiFailure e) {
            if (e.code().status() == 404) {
                throw new IllegalArgumentException("code must be that of a room of this fake: " + e.getMessage(), e);
            }
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
