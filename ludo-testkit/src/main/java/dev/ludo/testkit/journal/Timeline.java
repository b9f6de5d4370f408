package dev.ludo.testkit.journal;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Shows a journal to people: a line for each entry. */
final class Timeline {
    private static final int LONGEST_BODY = 300;

    private Timeline() {}

    static String of(List<JournalEntry> entries, long lost, int most) {
        int hidden = Math.max(0, entries.size() - most);
        String head = (lost == 0 ? "" : "… " + lost + " earlier entries are no longer kept\n")
                + (hidden == 0 ? "" : "… " + hidden + " earlier entries are not shown\n");
        return entries.isEmpty()
                ? head + "nothing went in or out\n"
                : head
                        + entries.stream()
                                .skip(hidden)
                                .map(entry -> offset(entries.getFirst(), entry) + line(entry) + '\n')
                                .collect(Collectors.joining());
    }

    /** How long after the first entry, really. */
    private static String offset(JournalEntry first, JournalEntry entry) {
        return String.format(
                "%+9.3fs ", Duration.between(first.realAt(), entry.realAt()).toNanos() / 1e9);
    }

    static String line(JournalEntry entry) {
        StringBuilder line = new StringBuilder(128)
                .append('#')
                .append(entry.seq())
                .append(' ')
                .append(entry.at())
                .append(" c")
                .append(entry.connection())
                .append(isIn(entry) ? " >> " : " << ");
        entry.status().ifPresent(status -> line.append(status).append(' '));
        entry.method().ifPresent(method -> line.append(method).append(' '));
        entry.path().ifPresent(line::append);
        entry.query().ifPresent(query -> line.append('?').append(query));
        entry.opcode().ifPresent(line::append);
        String body = entry.body();
        if (!body.isEmpty()) {
            line.append(line.charAt(line.length() - 1) == ' ' ? "" : " ")
                    .append(body.length() > LONGEST_BODY ? body.substring(0, LONGEST_BODY) + '…' : body);
        }
        entry.idempotencyKey().ifPresent(key -> line.append(" key ").append(key));
        entry.faultId().ifPresent(fault -> line.append(" !! ").append(fault));
        if (entry.isUnmatched()) {
            line.append(" ?? no such route");
        }
        return line.toString();
    }

    private static boolean isIn(JournalEntry entry) {
        return entry.kind() == JournalEntry.Kind.REQUEST || entry.kind() == JournalEntry.Kind.FRAME_IN;
    }
}
