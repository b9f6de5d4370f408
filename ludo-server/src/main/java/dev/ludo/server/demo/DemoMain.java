package dev.ludo.server.demo;

import dev.ludo.server.BadSettingException;
import dev.ludo.server.DemoConfig;
import dev.ludo.server.LudoServer;
import dev.ludo.server.Main;
import dev.ludo.server.ops.Logging;
import dev.ludo.server.ops.Shutdown;
import dev.ludo.testkit.FakeLudo;
import dev.ludo.testkit.FakeLudoBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** The demo as a program: {@code [--port N]}. */
public final class DemoMain {
    private static final int FAKE_PORT = 8081;

    private DemoMain() {}

    /**
     * Starts the fake, the games and the proxy, and leaves them running until the process is told to end.
     *
     * @param arguments {@code --port} with a number, or nothing
     */
    public static void main(String[] arguments) {
        Logging.install();
        Main.orExit(System.err, () -> {
            DemoConfig demo = DemoConfig.load(
                    System.getenv(),
                    Path.of(""),
                    Main.port(List.of(arguments)),
                    warning -> Main.warn(System.err, warning));
            Logging.level(demo.proxy().logLevel());
            run(demo);
        });
    }

    private static void run(DemoConfig demo) {
        LudoServer.tryToListen(demo.proxy()); // before the fake, which tells how it starts and ends
        FakeLudo fake = fake(demo);
        LudoServer server;
        try {
            server = LudoServer.start(demo.against(fake.baseUri(), fake.apiKey()));
        } catch (BadSettingException e) {
            fake.close();
            throw e;
        }
        DemoGames games = games(fake);
        Shutdown.onSignal(() -> {
            games.close();
            server.close();
            fake.close();
        });
        System.out.println("ludo-server ready at " + server.uri());
        System.out.println("ludo-fake ready at http://localhost:" + fake.port() + "/v1 ws://localhost:" + fake.port()
                + "/ws key " + fake.apiKey().reveal());
        System.out.println("rooms " + server.uri() + "/rooms");
    }

    // Nobody asked for a certain port of the fake, so where the usual one is taken, or is to be the proxy's, any other
    // will do.
    private static FakeLudo fake(DemoConfig demo) {
        boolean taken =
                demo.proxy().port() == FAKE_PORT || demo.proxy().adminPort().equals(Optional.of(FAKE_PORT));
        FakeLudoBuilder setup = FakeLudo.builder()
                .rateLimit(demo.fakeRateLimit())
                .turnTime(demo.fakeTurnTime())
                .seed(new SecureRandom().nextLong());
        try {
            return setup.port(taken ? 0 : FAKE_PORT).start();
        } catch (UncheckedIOException e) {
            return setup.port(0).start();
        }
    }

    private static DemoGames games(FakeLudo fake) {
        try {
            return DemoGames.start(fake);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the games began", e);
        }
    }
}
