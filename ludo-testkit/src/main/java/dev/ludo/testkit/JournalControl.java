package dev.ludo.testkit;

import dev.ludo.testkit.journal.Journal;
import dev.ludo.testkit.journal.JournalEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/** The part of the control API that is about the journal. */
final class JournalControl {
    private final Journal journal;

    JournalControl(Journal journal) {
        this.journal = journal;
    }

    void addTo(RouteTable routes) {
        routes.add(
                        "GET",
                        "/__ludo/journal",
                        (call, at) -> Answer.ok(journal.entriesAfter(since(call)).stream()
                                .map(JournalControl::view)
                                .toList()))
                .add("DELETE", "/__ludo/journal", (call, at) -> {
                    journal.clear();
                    return Answer.noContent();
                });
    }

    private static long since(Call call) {
        String text = call.query("since").orElse("0");
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ApiRoutes.invalid("since", "must be a whole number from 0, the seq of an entry");
        }
        return Long.parseLong(text);
    }

    private static Map<String, Object> view(JournalEntry entry) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("seq", entry.seq());
        data.put("at", entry.at());
        data.put("realAt", entry.realAt());
        data.put("connection", entry.connection());
        data.put("kind", entry.kind().word());
        entry.method().ifPresent(method -> data.put("method", method));
        entry.path().ifPresent(path -> data.put("path", path));
        entry.query().ifPresent(query -> data.put("query", query));
        entry.status().ifPresent(status -> data.put("status", status));
        entry.opcode().ifPresent(opcode -> data.put("opcode", opcode));
        Map<String, String> headers = entry.headers();
        if (!headers.isEmpty()) {
            data.put("headers", headers);
        }
        String body = entry.body();
        if (!body.isEmpty()) {
            data.put("body", body);
        }
        entry.idempotencyKey().ifPresent(key -> data.put("idempotencyKey", key));
        entry.faultId().ifPresent(fault -> data.put("faultId", fault));
        return data;
    }
}
