package dev.ludo.server;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of this module's programs, as a process of its own. */
public final class Program implements AutoCloseable {
    /** How it ended, and what it had said by then beside the lines that were read. */
    public record Ended(int exitCode, String out, String err) {}

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private Program(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader();
        this.err = err;
    }

    /** Starts it with this environment alone, as far as it is ours, in a folder that takes its log. */
    public static Program start(Path directory, Class<?> program, Map<String, String> environment, String... words)
            throws IOException {
        return start(directory, 128, program, environment, words);
    }

    /** The same with a heap of so many megabytes at most, 128 otherwise. */
    public static Program start(
            Path directory, int heap, Class<?> program, Map<String, String> environment, String... words)
            throws IOException {
        Path err = directory.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap + "m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LUDO_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return new Program(builder.start(), err);
    }

    /** The next line that it writes to its output. */
    public String readLine() throws IOException {
        String line = out.readLine();
        return line == null ? fail("ended early: " + Files.readString(err)) : line;
    }

    /** Tells it to end, as an operator does. */
    public void terminate() {
        process.toHandle().destroy(); // SIGTERM, and unlike Process.destroy it leaves the streams open
    }

    /** Waits for its end, for as long as the contract grants. */
    public Ended ended() throws IOException, InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            return fail("still running after 30 s");
        }
        Ended ended = new Ended(
                process.exitValue(),
                String.join("\n", out.lines().toList()),
                Files.readString(err, StandardCharsets.UTF_8));
        Secrets.look("what a program printed", ended.out() + ended.err());
        return ended;
    }

    /** Ends it as the system does when it has no memory left: at once, whatever it is doing. */
    void kill() {
        process.toHandle().destroyForcibly(); // unlike Process.destroyForcibly it leaves the streams open
    }

    /** Kills it, if it still runs, by SIGKILL. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
