package dev.ludo.testkit.journal;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.testkit.fault.Glob;
import dev.ludo.testkit.journal.JournalEntry.Kind;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a client should have asked, or said over a socket. Immutable; each method adds a condition.
 *
 * {@snippet :
 * Expected.request("POST", "/v1/rooms").json("maxPlayers", "2").header("X-Request-Id", "r1");
 * Expected.message("game:roll");
 * }
 */
public final class Expected implements Predicate<JournalEntry> {
    private static final String NOTHING = "-";
    private static final int LARGEST = 1024 * 1024;

    /** One condition: how it is called, what it should be, what it is, and whether that will do. */
    private record Condition(
            String name,
            String expected,
            Function<JournalEntry, Optional<String>> actual,
            Function<JournalEntry, Optional<String>> shown,
            Predicate<String> good) {
        boolean holds(JournalEntry entry) {
            return actual.apply(entry).filter(good).isPresent();
        }
    }

    private final Kind kind;
    private final List<Condition> conditions;

    private Expected(Kind kind, List<Condition> conditions) {
        this.kind = kind;
        this.conditions = conditions;
    }

    /**
     * A call.
     *
     * @param method such as {@code POST}
     * @param path a path, or a pattern of one
     * @return the expectation
     */
    public static Expected request(String method, String path) {
        Glob glob = Glob.of(path);
        return new Expected(Kind.REQUEST, List.of())
                .and("method", method, JournalEntry::method, method::equals)
                .and("path", path, JournalEntry::path, glob::matches);
    }

    /**
     * A message that a client says over a socket.
     *
     * @param type a type, or a pattern of one
     * @return the expectation
     */
    public static Expected message(String type) {
        return new Expected(Kind.FRAME_IN, List.of()).and("type", type, JournalEntry::type, Glob.of(type)::matches);
    }

    /**
     * A header. Also one that the journal shows masked is compared with what came.
     *
     * @param name in any case
     * @param value the whole of it
     * @return the expectation with it
     */
    public Expected header(String name, String value) {
        return and("header " + name, value, entry -> entry.rawHeader(name), entry -> entry.header(name), value::equals);
    }

    /**
     * The idempotency key.
     *
     * @param key the key
     * @return the expectation with it
     */
    public Expected idempotencyKey(String key) {
        return and("key", key, JournalEntry::idempotencyKey, key::equals);
    }

    /**
     * The query.
     *
     * @param query the whole of it, such as {@code status=waiting}
     * @return the expectation with it
     */
    public Expected query(String query) {
        return and("query", query, JournalEntry::query, query::equals);
    }

    /**
     * A field of the body or message, which is JSON.
     *
     * @param field its name, at the top
     * @param value its text; of what is no text its JSON, such as {@code 2} or {@code true}
     * @return the expectation with it
     */
    public Expected json(String field, String value) {
        return and("json " + field, value, entry -> field(entry, field), value::equals);
    }

    /**
     * The connection.
     *
     * @param number its number
     * @return the expectation with it
     */
    public Expected connection(int number) {
        String text = Integer.toString(number);
        return and("connection", text, entry -> Optional.of(Integer.toString(entry.connection())), text::equals);
    }

    private static Optional<String> field(JournalEntry entry, String name) {
        try {
            JsonValue value = LudoJson.parseObject(entry.body().getBytes(StandardCharsets.UTF_8), LARGEST)
                    .get(name);
            return Optional.ofNullable(value)
                    .map(some -> some instanceof JsonString text ? text.getString() : some.toString());
        } catch (MalformedJsonException e) {
            return Optional.empty(); // what is no JSON has no fields
        }
    }

    private Expected and(
            String name, String expected, Function<JournalEntry, Optional<String>> actual, Predicate<String> good) {
        return and(name, expected, actual, actual, good);
    }

    private Expected and(
            String name,
            String expected,
            Function<JournalEntry, Optional<String>> actual,
            Function<JournalEntry, Optional<String>> shown,
            Predicate<String> good) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(new Condition(name, expected, actual, shown, good));
        return new Expected(kind, List.copyOf(more));
    }

    /** Whether an entry is as expected. */
    @Override
    public boolean test(JournalEntry entry) {
        return isComparable(entry) && conditions.stream().allMatch(condition -> condition.holds(entry));
    }

    private boolean isComparable(JournalEntry entry) {
        return entry.kind() == kind && entry.opcode().isEmpty();
    }

    Optional<String> nearMiss(List<JournalEntry> entries) {
        List<JournalEntry> candidates =
                entries.stream().filter(this::isComparable).toList();
        if (candidates.stream().anyMatch(this)) {
            return Optional.empty();
        }
        return candidates.stream()
                .max(Comparator.comparingDouble(this::closeness))
                .map(this::table);
    }

    /** How many conditions hold; among entries of which as many do, the more alike texts count, then the later entry. */
    private double closeness(JournalEntry entry) {
        double sum = 0;
        for (Condition condition : conditions) {
            sum += condition.holds(entry)
                    ? 1
                    : likeness(condition.expected, condition.actual.apply(entry).orElse("")) / 2;
        }
        return sum + entry.seq() * 1e-12;
    }

    /** How much of two texts is the same at their beginnings and at their ends, from 0 to 1. */
    private static double likeness(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int head = 0;
        while (head < shorter && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
            tail++;
        }
        return (head + tail) / (double) Math.max(1, Math.max(a.length(), b.length()));
    }

    private String table(JournalEntry closest) {
        StringBuilder table =
                new StringBuilder("closest is #").append(closest.seq()).append('\n');
        String row = "  %-24s %-36s %-36s %s%n";
        table.append(String.format(row, "", "expected", "recorded", "").replaceAll(" +\\R", "\n"));
        for (Condition condition : conditions) {
            String actual = condition.shown.apply(closest).orElse(NOTHING);
            table.append(String.format(
                            row, condition.name, condition.expected, actual, condition.holds(closest) ? "" : "differs")
                    .replaceAll(" +\\R", "\n"));
        }
        return table.toString();
    }

    /** Such as {@code request method POST, path /v1/rooms}. */
    @Override
    public String toString() {
        return kind.word()
                + ' '
                + String.join(
                        ", ",
                        conditions.stream()
                                .map(condition -> condition.name + ' ' + condition.expected)
                                .toList());
    }
}
