package dev.ludo.testkit;

import dev.ludo.core.model.Color;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomPlayer;
import dev.ludo.core.model.Secret;
import java.util.Optional;

/** A player's place in a room. A person's has a token, the newest that was handed out; a bot's plays by itself. */
record Seat(
        PlayerId playerId,
        String playerName,
        Optional<Color> color,
        Optional<Secret> token,
        Optional<BotDriver.BotStyle> bot) {
    static Seat of(Players.Entry player) {
        return new Seat(player.playerId(), player.playerName(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Seat withColor(Color dealt) {
        return new Seat(playerId, playerName, Optional.of(dealt), token, bot);
    }

    Seat withToken(Secret fresh) {
        return new Seat(playerId, playerName, color, Optional.of(fresh), bot);
    }

    Seat withBot(BotDriver.BotStyle style) {
        return new Seat(playerId, playerName, color, token, Optional.of(style));
    }

    /** For everybody to see. A bot is always there; a person is when they have a socket. */
    RoomPlayer player(boolean hasSocket) {
        return new RoomPlayer(playerId, playerName, color, hasSocket || bot.isPresent());
    }
}
