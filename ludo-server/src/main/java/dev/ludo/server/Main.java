package dev.ludo.server;

import dev.ludo.server.ops.Logging;
import dev.ludo.server.ops.Shutdown;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The proxy as a program: {@code serve [--port N]}, and {@code self-check}. */
public final class Main {
    private static final String SELF_CHECK = "self-check";

    private Main() {}

    /**
     * Starts the proxy and leaves it running until the process is told to end, or checks that it could.
     *
     * @param arguments {@code serve}, and {@code --port} with a number; or {@code self-check}
     */
    public static void main(String[] arguments) {
        Logging.install();
        orExit(System.err, () -> {
            List<String> words = List.of(arguments);
            boolean check = words.equals(List.of(SELF_CHECK));
            if (!check && (words.isEmpty() || !words.getFirst().equals("serve"))) {
                throw new BadSettingException(
                        "the command must be serve or self-check, was \"" + String.join(" ", words) + '"');
            }
            ServerConfig config = ServerConfig.load(
                    System.getenv(),
                    Path.of(""),
                    port(words.subList(1, words.size())),
                    warning -> warn(System.err, warning));
            Logging.level(config.logLevel());
            if (check) {
                SelfCheck.run(config);
                System.out.println("ludo-server self-check passed");
                return;
            }
            LudoServer server = LudoServer.start(config);
            Shutdown.onSignal(server::close);
            System.out.println("ludo-server ready at " + server.uri());
        });
    }

    /**
     * Runs the start of a program; where a setting is wrong it says so in one sentence and exits with 2.
     *
     * @param err where to say it
     * @param start the start
     */
    public static void orExit(PrintStream err, Runnable start) {
        try {
            start.run();
        } catch (BadSettingException e) {
            err.println("ludo: " + e.getMessage());
            System.exit(2);
        }
    }

    /**
     * Tells of something that is not understood but does no harm.
     *
     * @param err where to tell it
     * @param warning the sentence
     */
    public static void warn(PrintStream err, String warning) {
        err.println("ludo: " + warning);
    }

    /**
     * Reads the arguments after the command.
     *
     * @param words nothing, or {@code --port} and a number
     * @return the port, if it was given
     * @throws BadSettingException for anything else
     */
    public static Optional<Integer> port(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        if (!words.getFirst().equals("--port")) {
            throw new BadSettingException("the only argument is --port with a number, was \"" + words.getFirst() + '"');
        }
        try {
            int port = words.size() == 2 ? Integer.parseInt(words.get(1)) : -1;
            if (port >= 0 && port <= 65535) {
                return Optional.of(port);
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        throw new BadSettingException("--port takes one number from 0 to 65535, was \""
                + String.join(" ", words.subList(1, words.size())) + '"');
    }
}
