package dev.ludo.server;

import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A proxy between a browser and an API that gives the answers it is told; each test has its own. */
public abstract class ProxyTest {
    protected StubUpstream api;
    protected LudoServer proxy;
    protected Wire wire;

    /** The usual configuration of a proxy in a test. */
    public static ServerConfig config(URI api) {
        return ServerConfig.of(api, Secrets.API_KEY);
    }

    /** The usual configuration of a proxy before a fake. */
    public static ServerConfig config(FakeLudo fake) {
        return ServerConfig.of(fake.baseUri(), fake.apiKey());
    }

    @BeforeEach
    void startAll() throws IOException {
        api = new StubUpstream();
        startProxy(this::configure);
    }

    /** Changes the configuration for all tests of a class. */
    protected ServerConfig configure(ServerConfig usual) {
        return usual;
    }

    private void startProxy(UnaryOperator<ServerConfig> change) {
        proxy = LudoServer.start(change.apply(config(api.uri())));
        wire = new Wire(proxy.uri());
    }

    /** Starts the proxy anew, with another configuration. */
    protected final void restart(UnaryOperator<ServerConfig> change) {
        stopProxy();
        startProxy(change);
    }

    private void stopProxy() {
        if (proxy.port() > 0) {
            wire.get("/metrics"); // in which no secret may stand either
        }
        wire.close();
        proxy.close();
    }

    @AfterEach
    void stopAll() {
        stopProxy();
        api.close();
    }
}
