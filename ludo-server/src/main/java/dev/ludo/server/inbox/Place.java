package dev.ludo.server.inbox;

/**
 * Where a record of the inbox begins. Places are ordered as the records are.
 *
 * @param segment the segment's number
 * @param offset bytes from the segment's beginning
 */
public record Place(long segment, long offset) implements Comparable<Place> {
    /** Before all records. */
    public static final Place BEGINNING = new Place(0, 0);

    @Override
    public int compareTo(Place other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
    }

    /** As it stands in a file; {@link #of} reads it. */
    @Override
    public String toString() {
        return segment + " " + offset;
    }

    /**
     * Reads a place.
     *
     * @param segment the first word of its {@link #toString}
     * @param offset the second
     * @return the place
     * @throws NumberFormatException if it is none
     */
    public static Place of(String segment, String offset) {
        return new Place(Long.parseLong(segment), Long.parseLong(offset));
    }
}
