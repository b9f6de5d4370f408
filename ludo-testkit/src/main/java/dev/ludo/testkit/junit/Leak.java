package dev.ludo.testkit.junit;

/** What a test may leave behind, and fails for, unless {@link Leaves} says that it is meant to. */
public enum Leak {
    /** An answer that was scripted with {@link dev.ludo.testkit.FakeLudo#on} and for which no request came. */
    UNUSED_SCRIPTS,
    /**
     * A request that the fake knows nothing of: no route has its path, or none with its method. Who means to make one can
     * also {@linkplain dev.ludo.testkit.journal.Journal#clear() clear} the journal afterwards. Of very many requests only
     * those count that the journal keeps.
     */
    UNMATCHED_REQUESTS,
    /** A socket to the fake that is still open one second after the test. */
    OPEN_SOCKETS,
    /**
     * A thread that was started during the life of the fake and still runs one second after its end. Not counted are virtual
     * threads, the JVM's own, those of JUnit and of the build tool, of the common pool and of the JDK's HTTP client. Nobody
     * looks for threads when tests run in parallel, since nobody could say whose they are.
     */
    LIVE_THREADS
}
