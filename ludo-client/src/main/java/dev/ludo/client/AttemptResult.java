package dev.ludo.client;

import dev.ludo.client.CallListener.Outcome;
import dev.ludo.client.http.HttpCaller;
import dev.ludo.core.error.CallException;

/** What came of an attempt of a call, and whether another may bring something better. */
sealed interface AttemptResult {
    Outcome outcome();

    boolean mayPass();

    /** Whether another attempt may bring another answer than one with this status. */
    static boolean isTemporary(int status) {
        return switch (status) {
            case 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    record Answered(HttpCaller.Answer answer, boolean mayPass) implements AttemptResult {
        @Override
        public Outcome outcome() {
            return new Outcome.Answered(answer.status());
        }
    }

    record Failed(CallException error, boolean mayPass) implements AttemptResult {
        @Override
        public Outcome outcome() {
            return new Outcome.Failed(error);
        }
    }
}
