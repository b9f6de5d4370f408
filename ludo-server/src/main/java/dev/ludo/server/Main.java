package dev.ludo.server;

import dev.ludo.server.ops.Logging;
import dev.ludo.server.ops.Shutdown;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The proxy and its worker as programs: {@code serve [--port N]}, {@code worker […]} and {@code self-check}. */
public final class Main {
    private static final Set<String> HELP = Set.of("help", "-h", "--help");

    private Main() {}

    /**
     * Starts the proxy or the worker and leaves it running until the process is told to end, or does what else is asked.
     *
     * @param arguments {@code serve}, {@code worker} or {@code self-check}, and what belongs to it
     */
    public static void main(String[] arguments) {
        Logging.install();
        orExit(System.err, () -> {
            List<String> words = List.of(arguments);
            String command = words.isEmpty() ? "" : words.getFirst();
            List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
            switch (command) {
                case "serve" -> serve(rest);
                case "worker" -> worker(rest);
                case "self-check" -> check(rest);
                default ->
                    throw new BadSettingException(
                            "the command must be serve, worker or self-check, was \"" + String.join(" ", words) + '"');
            }
        });
    }

    private static ServerSettings settings() {
        return ServerSettings.load(System.getenv(), Path.of(""), warning -> warn(System.err, warning));
    }

    private static void serve(List<String> words) {
        Optional<Integer> port = port(words);
        ServerSettings settings = settings();
        if (settings.role() == Role.WORKER) {
            work(settings, port);
            return;
        }
        ServerConfig config = settings.serve(port);
        Logging.level(config.logLevel());
        LudoServer server = LudoServer.start(config);
        Shutdown.onSignal(server::close);
        System.out.println("ludo-server ready at " + server.uri());
    }

    private static void check(List<String> words) {
        if (!words.isEmpty()) {
            throw new BadSettingException(
                    "self-check takes no argument, was \"self-check " + String.join(" ", words) + '"');
        }
        ServerSettings settings = settings();
        if (settings.role() == Role.WORKER) {
            settings.worker();
        } else {
            ServerConfig config = settings.serve(Optional.empty());
            Logging.level(config.logLevel());
            SelfCheck.run(config);
        }
        System.out.println("ludo-server self-check passed");
    }

    private static void worker(List<String> words) {
        if (words.isEmpty() || words.getFirst().equals("--port")) {
            Optional<Integer> port = port(words);
            work(settings(), port);
        } else if (HELP.contains(words.getFirst())) {
            System.out.print(WorkerCommands.USAGE);
        } else {
            WorkerCommands.run(words, settings()).forEach(System.out::println);
        }
    }

    private static void work(ServerSettings settings, Optional<Integer> port) {
        ServerConfig listening = settings.listening(port);
        Logging.level(listening.logLevel());
        WorkerServer worker = WorkerServer.start(listening, settings.worker());
        Shutdown.onSignal(worker::close);
        System.out.println("ludo-worker ready at " + worker.uri());
    }

    /**
     * Runs the start of a program; where a setting is wrong it says so in one sentence and exits with 2, and where a worker does
     * not do what it is asked, with 1.
     *
     * @param err where to say it
     * @param start the start
     */
    public static void orExit(PrintStream err, Runnable start) {
        try {
            start.run();
        } catch (BadSettingException e) {
            exit(err, e, 2);
        } catch (NotDoneException e) {
            exit(err, e, 1);
        }
    }

    private static void exit(PrintStream err, RuntimeException why, int code) {
        Logging.flush(); // so that the sentence is what is read last
        err.println("ludo: " + why.getMessage());
        System.exit(code);
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
