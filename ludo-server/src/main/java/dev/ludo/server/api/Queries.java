package dev.ludo.server.api;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.RoomStatus;
import dev.ludo.core.model.Word;

/** Reads the parameters of a query; what cannot be one is said for people. */
final class Queries {
    private static final int MAX_CURSOR = 512;

    private Queries() {}

    static RoomStatus roomStatus(String word) {
        RoomStatus status = Word.of(RoomStatus.class, word);
        if (status == RoomStatus.UNKNOWN) {
            throw new IllegalArgumentException("must be one of waiting, playing, ended, closed");
        }
        return status;
    }

    static GameMode gameMode(String word) {
        GameMode mode = Word.of(GameMode.class, word);
        if (mode == GameMode.UNKNOWN) {
            throw new IllegalArgumentException("must be one of classic, quick, ranked");
        }
        return mode;
    }

    static int limit(String text) {
        if (text.matches("[0-9]{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= 100) {
                return limit;
            }
        }
        throw new IllegalArgumentException("must be a whole number from 1 to 100");
    }

    // An opaque word of the API's: only its size and that it is a word can be held against it.
    static String cursor(String text) {
        if (text.isEmpty() || text.length() > MAX_CURSOR || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("must be a cursor that came with a page");
        }
        return text;
    }
}
