package dev.ludo.server.api;

/** What is noted about a call on its way, for the log. For one thread. */
final class Trail {
    private long upstreamNanos;
    private String cache = "-";

    /** Adds the time of a call to the API. */
    void askedFor(long nanos) {
        upstreamNanos += nanos;
    }

    long upstreamNanos() {
        return upstreamNanos;
    }

    /** Notes what the cache did. */
    void cache(String result) {
        cache = result;
    }

    String cache() {
        return cache;
    }
}
