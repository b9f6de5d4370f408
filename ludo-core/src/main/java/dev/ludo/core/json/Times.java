package dev.ludo.core.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as they stand on the wire, {@code 2026-11-23T10:00:00Z}. The form that everybody sends is read and written digit by digit,
 * since every broadcast has one and the general parser costs as much as half of the rest; other forms go to that.
 */
final class Times {
    private static final int SHORTEST = "2026-11-23T10:00:00Z".length();

    private static final byte[] PATTERN = "0000-00-00T00:00:00Z".getBytes(StandardCharsets.ISO_8859_1);
    private static final long DAY = 86_400;
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long AFTER_LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 1;

    private Times() {}

    /**
     * Reads a time.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        return isPlain(text) ? plain(text) : Instant.parse(text);
    }

    private static boolean isPlain(String text) {
        int length = text.length();
        if (length < SHORTEST || length > SHORTEST + 10 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char c = text.charAt(i);
            boolean fits = switch (i) {
                case 4, 7 -> c == '-';
                case 10 -> c == 'T';
                case 13, 16 -> c == ':';
                case 19 -> c == '.';
                default -> c >= '0' && c <= '9';
            };
            if (!fits) {
                return false;
            }
        }
        // What the clock never shows, 24:00 and leap seconds, is for the general parser to judge.
        return length != SHORTEST + 1
                && number(text, 11, 2) < 24
                && number(text, 14, 2) < 60
                && number(text, 17, 2) < 60;
    }

    private static Instant plain(String text) {
        LocalDate date = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
        long second = 3_600L * number(text, 11, 2) + 60L * number(text, 14, 2) + number(text, 17, 2);
        int digits = Math.max(0, text.length() - SHORTEST - 1);
        int nanos = digits == 0 ? 0 : number(text, SHORTEST, digits);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        return Instant.ofEpochSecond(date.toEpochDay() * DAY + second, nanos);
    }

    /** Writes a time as {@link Instant#toString} does. */
    static String print(Instant time) {
        long second = time.getEpochSecond();
        if (time.getNano() != 0 || second < FIRST || second >= AFTER_LAST) {
            return time.toString();
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, DAY));
        int ofDay = (int) Math.floorMod(second, DAY);
        byte[] out = PATTERN.clone();
        put(out, 0, date.getYear() / 100);
        put(out, 2, date.getYear() % 100);
        put(out, 5, date.getMonthValue());
        put(out, 8, date.getDayOfMonth());
        put(out, 11, ofDay / 3_600);
        put(out, 14, ofDay / 60 % 60);
        put(out, 17, ofDay % 60);
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] out, int at, int twoDigits) {
        out[at] = (byte) ('0' + twoDigits / 10);
        out[at + 1] = (byte) ('0' + twoDigits % 10);
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
