/** How to talk to a Ludo API. */
// The proxy is a program on the class path, no module; the export to it says who else may use that package.
@SuppressWarnings("module")
module dev.ludo.client {
    requires transitive dev.ludo.core;
    requires static transitive org.jspecify;
    requires io.helidon.common.buffers;
    requires transitive io.helidon.common.config;
    requires io.helidon.common.socket;
    requires io.helidon.common.tls;
    requires static io.helidon.config.metadata;
    requires io.helidon.http;
    requires io.helidon.http.encoding;
    requires io.helidon.webclient.api;
    requires io.helidon.webclient.http1;
    requires static micrometer.core;

    exports dev.ludo.client;
    exports dev.ludo.client.frame to
            dev.ludo.server;
    exports dev.ludo.client.micrometer;
    exports dev.ludo.client.realtime;
    exports dev.ludo.client.resilience;
}
