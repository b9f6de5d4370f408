/** A Ludo API to test against: it plays by the contract and the rules, in this process or as a program of its own. */
module dev.ludo.testkit {
    requires transitive dev.ludo.core;
    requires io.helidon.webserver;
    requires io.helidon.webserver.websocket;
    requires io.helidon.websocket;
    requires java.logging;

    exports dev.ludo.testkit;
    exports dev.ludo.testkit.fault;
}
