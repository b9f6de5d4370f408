package dev.ludo.testkit;

import dev.ludo.testkit.journal.JournalRecorder;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes one call and its answer into the journal: the call once its body is read, at the latest when it is answered. */
final class CallRecord {
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    private final JournalRecorder journal;
    private final Call call;
    private final int connection;
    private final Optional<String> faultId;
    private boolean begun;

    CallRecord(JournalRecorder journal, Call call, int connection, Optional<String> faultId) {
        this.journal = journal;
        this.call = call;
        this.connection = connection;
        this.faultId = faultId;
    }

    /** The call has come. */
    void begin() {
        if (begun) {
            return;
        }
        begun = true;
        Headers headers = call.headers();
        journal.request(
                connection,
                call.rawMethod(),
                call.path(),
                call.rawQuery(),
                () -> texts(headers),
                call.bodySoFar(),
                headers.first(IDEMPOTENCY_KEY),
                faultId);
    }

    /** It is answered so, as far as the fault lets it. */
    void end(Answer answer) {
        begin();
        String requestId = call.requestId();
        journal.answer(
                connection,
                call.rawMethod(),
                call.path(),
                answer.status(),
                () -> answer.with(AnswerSender.REQUEST_ID, requestId).headers(),
                answer.body(),
                faultId,
                call.isUnmatched());
    }

    /** Headers by name, as they were spelled. */
    static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Header header : headers) {
            texts.put(header.name(), String.join(", ", header.allValues()));
        }
        return texts;
    }
}
