package dev.ludo.testkit;

/** What is to be answered to some requests instead of what the rules say. Thread-safe. */
public final class Script {
    private final RequestPattern pattern;
    private final Scripts scripts;

    Script(RequestPattern pattern, Scripts scripts) {
        this.pattern = pattern;
        this.scripts = scripts;
    }

    /**
     * Answers the next such request, once; nothing else comes of it. Called again, it answers the one after. Among several
     * answers that fit a request, the oldest is given. The key, the rate limit and idempotency are seen to before.
     *
     * @param reply what to answer
     * @return this
     */
    public Script respond(Reply reply) {
        scripts.add(pattern, reply);
        return this;
    }
}
