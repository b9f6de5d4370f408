package dev.ludo.client;

import dev.ludo.client.resilience.CircuitBreaker;

/** What an attempt of a call says about the host's health. */
enum Verdict {
    WELL,
    ILL,
    NOTHING;

    static Verdict of(int status) {
        return status >= 500 ? ILL : status >= 400 ? NOTHING : WELL;
    }

    void tell(CircuitBreaker breaker, long ticket) {
        switch (this) {
            case WELL -> breaker.succeeded(ticket);
            case ILL -> breaker.failed(ticket);
            case NOTHING -> breaker.ignored(ticket);
        }
    }
}
