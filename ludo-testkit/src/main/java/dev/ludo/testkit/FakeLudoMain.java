package dev.ludo.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.logging.LogManager;

/**
 * The fake as a program of its own: {@code ./ludo fake [--port 8081]}.
 *
 * <p>Settings in the environment, a file {@code .env} in the current directory or the YAML file that {@code LUDO_CONFIG} names:
 * {@code LUDO_PORT} (8081, 0 for a free one), {@code LUDO_HOST} (127.0.0.1),
 * {@code LUDO_FAKE_RATE_LIMIT} (calls a minute, 10000, 0 for any number) and {@code LUDO_FAKE_TURN_SECONDS} (30, 0 for as
 * long as players like). The dice differ with each start; {@code PUT /__ludo/dice} gives them a seed.
 *
 * <p>Standard output has one line, when the fake is ready; all else goes to standard error. It ends with 0 when it is told
 * to end, by SIGTERM or Ctrl-C, and with 2 and one sentence when it cannot start.
 */
public final class FakeLudoMain {
    private static final int CANNOT_START = 2;

    private FakeLudoMain() {}

    /**
     * Starts the fake; it then runs until the program is told to end.
     *
     * @param args what was said on the command line
     */
    public static void main(String[] args) {
        logOnlyWarnings();
        FakeSettings settings;
        FakeLudo ludo;
        try {
            settings = FakeSettings.of(List.of(args), SettingSources.read(System.getenv(), Path.of("")));
            settings.warnings().forEach(warning -> System.err.println("ludo-fake: " + warning));
            ludo = FakeLudo.builder()
                    .host(settings.host())
                    .port(settings.port())
                    .rateLimit(settings.rateLimit())
                    .turnTime(settings.turnTime())
                    .seed(new SecureRandom().nextLong())
                    .start();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println("ludo-fake: " + e.getMessage());
            System.exit(CANNOT_START);
            return;
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            ludo.close();
                            // A signal would end the program with its own number.
                            Runtime.getRuntime().halt(0);
                        },
                        "ludo-fake-end"));
        System.out.println(readyLine(settings.host(), ludo));
    }

    private static String readyLine(String host, FakeLudo ludo) {
        boolean local = host.equals("127.0.0.1") || host.equals("0.0.0.0") || host.equals("::1") || host.equals("::");
        String where = (local ? "localhost" : ludo.baseUri().getHost()) + ':' + ludo.port();
        return "ludo-fake ready at http://" + where + "/v1 ws://" + where + "/ws key "
                + ludo.apiKey().reveal();
    }

    /** Unless whoever starts the program has said how to log. It goes to standard error. */
    private static void logOnlyWarnings() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        String configuration = "handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n";
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
