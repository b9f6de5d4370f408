package dev.ludo.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, so that its processor time and memory can be told from those of whoever calls it. */
final class Program implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("http://localhost:([0-9]+)");

    private final Process process;
    private final int port;

    Program(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a Java program that says where it is reached in its first line. */
    static Program java(Map<String, String> environment, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("LUDO_") || name.equals("CORS_ORIGINS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String ready = out.readLine();
        Matcher found = PORT.matcher(ready == null ? "" : ready);
        if (!found.find()) {
            process.destroyForcibly();
            throw new IOException(main + " did not start: " + ready);
        }
        return new Program(process, Integer.parseInt(found.group(1)));
    }

    int port() {
        return port;
    }

    /** For how long it and the processes that it started have kept processors busy, as user and in the system. */
    Duration busy() {
        return process.children()
                .map(ProcessHandle::info)
                .map(Program::busy)
                .reduce(busy(process.info()), Duration::plus);
    }

    private static Duration busy(ProcessHandle.Info info) {
        return info.totalCpuDuration().orElse(Duration.ZERO);
    }

    /** How much of its memory, and of the processes that it started, is in the machine's, in bytes. */
    long resident() throws IOException {
        long all = resident(process.pid());
        for (ProcessHandle child : process.children().toList()) {
            all += resident(child.pid());
        }
        return all;
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
