package dev.ludo.core.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as they stand on the wire, {@code 2026-11-23T10:00:00Z}. The form that everybody sends is read and written digit by digit,
 * since every broadcast has one and the general parser costs as much as half of the rest; other forms go to that.
 */
final class Times {
    private static final int SHORTEST = "2026-11-23T10:00:00Z".length();

    private static final char[] CLOCK = "T00:00:00Z".toCharArray();
    private static final long DAY = 86_400;
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long AFTER_LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() + 1;

    /** A day as it is written; nearly all times of a running program fall on one or two. */
    private record Day(long number, String text) {}

    private static volatile Day latest = new Day(0, "1970-01-01");

    private Times() {}

    /**
     * Reads a time.
     *
     * @throws DateTimeException if it is none
     */
    static Instant parse(String text) {
        Day day = latest;
        boolean isThatDay = text.startsWith(day.text());
        if (!isPlain(text, isThatDay ? day.text().length() : 0)) {
            return Instant.parse(text);
        }
        if (!isThatDay) {
            day = day(LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                    .toEpochDay());
        }
        return plain(text, day);
    }

    private static boolean isPlain(String text, int known) {
        int length = text.length();
        if (length < SHORTEST || length > SHORTEST + 10 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = known; i < length - 1; i++) {
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

    private static Instant plain(String text, Day day) {
        long second = 3_600L * number(text, 11, 2) + 60L * number(text, 14, 2) + number(text, 17, 2);
        int digits = Math.max(0, text.length() - SHORTEST - 1);
        int nanos = digits == 0 ? 0 : number(text, SHORTEST, digits);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        return Instant.ofEpochSecond(day.number() * DAY + second, nanos);
    }

    /** Writes a time as {@link Instant#toString} does. */
    static String print(Instant time) {
        Text out = new Text(SHORTEST);
        print(time, out);
        return out.toString();
    }

    /** The same, behind what is there already. */
    static void print(Instant time, Text out) {
        long second = time.getEpochSecond();
        if (time.getNano() != 0 || second < FIRST || second >= AFTER_LAST) {
            out.add(time.toString());
            return;
        }
        Day day = day(Math.floorDiv(second, DAY));
        int ofDay = (int) (second - day.number() * DAY);
        char[] clock = CLOCK.clone();
        put(clock, 1, ofDay / 3_600);
        put(clock, 4, ofDay / 60 % 60);
        put(clock, 7, ofDay % 60);
        out.add(day.text()).write(clock, 0, clock.length);
    }

    private static Day day(long number) {
        Day day = latest;
        if (day.number() != number) {
            day = new Day(number, LocalDate.ofEpochDay(number).toString());
            latest = day;
        }
        return day;
    }

    private static void put(char[] out, int at, int twoDigits) {
        out[at] = (char) ('0' + twoDigits / 10);
        out[at + 1] = (char) ('0' + twoDigits % 10);
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
