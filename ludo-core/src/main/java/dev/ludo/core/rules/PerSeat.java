package dev.ludo.core.rules;

/** One number for each of the four seats. An empty seat has 0. */
record PerSeat(int red, int green, int yellow, int blue) {
    static final PerSeat ZERO = new PerSeat(0, 0, 0, 0);

    int at(int seat) {
        return switch (seat) {
            case 0 -> red;
            case 1 -> green;
            case 2 -> yellow;
            default -> blue;
        };
    }

    PerSeat with(int seat, int value) {
        if (at(seat) == value) {
            return this;
        }
        return switch (seat) {
            case 0 -> new PerSeat(value, green, yellow, blue);
            case 1 -> new PerSeat(red, value, yellow, blue);
            case 2 -> new PerSeat(red, green, value, blue);
            default -> new PerSeat(red, green, yellow, value);
        };
    }
}
