/** A Ludo API to test against: it plays by the contract and the rules, in this process or as a program of its own. */
module dev.ludo.testkit {
    requires transitive dev.ludo.core;
    // These two for the program alone.
    requires static io.helidon.config;
    requires static io.helidon.config.yaml;
    requires io.helidon.webserver;
    requires io.helidon.webserver.websocket;
    requires io.helidon.websocket;
    requires java.logging;
    requires java.net.http;
    requires jdk.httpserver;
    // Not transitive: who uses the fake alone need not have JUnit.
    requires static org.junit.jupiter.api;

    exports dev.ludo.testkit;
    exports dev.ludo.testkit.fault;
    exports dev.ludo.testkit.journal;
    exports dev.ludo.testkit.junit;
    exports dev.ludo.testkit.tck;

    opens dev.ludo.testkit.junit to
            org.junit.platform.commons;

    // JUnit runs the cases of the contract, which are package-private.
    opens dev.ludo.testkit.tck to
            org.junit.platform.commons;
}
