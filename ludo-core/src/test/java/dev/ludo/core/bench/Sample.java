package dev.ludo.core.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.MessageCodec;

/** The messages that a game is made of, and the largest one. */
public enum Sample {
    /** A roll by which two pieces can move. */
    DICE_ROLLED(broadcast("game:dice-rolled", """
            {"legalMoves":[{"pieceId":"red-0","targetPosition":14},{"pieceId":"red-2","targetPosition":0}],\
            "playerId":"plr_1a2b3c4d","value":6}""")),
    /** A move. */
    PIECE_MOVED(broadcast("game:piece-moved", """
            {"cause":"moved","from":8,"pieceId":"red-0","playerId":"plr_1a2b3c4d","position":14}""")),
    /** A change of turn. */
    TURN_CHANGE(broadcast("game:turn-change", """
            {"currentPlayerId":"plr_5e6f7a8b","reason":"moved"}""")),
    /** A whole game of two. */
    STATE("{\"type\":\"game:state\",\"data\":" + """
            {"epoch":"e1","gameId":"gam_1a2b3c4d","gameMode":"classic","players":[{"color":"red","pieces":[\
            {"pieceId":"red-0","position":14},{"pieceId":"red-1","position":-1},{"pieceId":"red-2","position":0},\
            {"pieceId":"red-3","position":57}],"playerId":"plr_1a2b3c4d","playerName":"Ann"},{"color":"yellow","pieces":[\
            {"pieceId":"yellow-0","position":26},{"pieceId":"yellow-1","position":-1},{"pieceId":"yellow-2","position":-1},\
            {"pieceId":"yellow-3","position":55}],"playerId":"plr_5e6f7a8b","playerName":"Bob"}],"ranking":[],\
            "roomCode":"K7Q2MX","seq":812,"status":"playing","turn":{"deadline":"2026-11-23T10:00:30Z","number":31,\
            "phase":"roll","playerId":"plr_5e6f7a8b","sixes":0},"updatedAt":"2026-11-23T10:00:00Z"}""" + "}");

    private final String text;

    Sample(String text) {
        this.text = text;
    }

    private static String broadcast(String type, String data) {
        return "{\"type\":\"" + type + "\",\"seq\":812,\"ts\":\"2026-11-23T10:00:00Z\",\"data\":" + data + '}';
    }

    byte[] bytes() {
        return text.getBytes(UTF_8);
    }

    RoomMessage message() {
        return MessageCodec.read(bytes(), "e1");
    }
}
