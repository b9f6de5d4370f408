package dev.ludo.server.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The two programs that the bench compares and loads with, nginx and wrk. Those of this machine are taken; what is missing comes
 * from Debian's packages, which are unpacked below the target folder and not installed, so that nothing of it stays or starts.
 *
 * @param nginx the web server's program
 * @param wrk the loader's program
 * @param libraries where libraries of theirs are that this machine does not have
 */
record Tools(Path nginx, Path wrk, Path libraries) {
    private static final Path FOLDER = Path.of("target", "bench-tools");
    private static final List<String> PACKAGES = List.of("nginx", "wrk", "libluajit-5.1-2");

    /** Finds them, or says plainly that they cannot be had. */
    static Tools find() throws IOException, InterruptedException {
        if (!isHere("nginx") || !isHere("wrk")) {
            unpack();
        }
        Path libraries;
        Files.createDirectories(FOLDER);
        try (Stream<Path> files = Files.walk(FOLDER)) {
            libraries = files.filter(file -> file.getFileName().toString().startsWith("libluajit-5.1.so"))
                    .findFirst()
                    .map(Path::getParent)
                    .orElse(FOLDER)
                    .toAbsolutePath();
        }
        Tools tools = new Tools(path("nginx"), path("wrk"), libraries);
        tools.tell(tools.nginx, "-v");
        tools.tell(tools.wrk, "-v");
        return tools;
    }

    private static boolean isHere(String name) {
        return Files.isExecutable(path(name));
    }

    private static Path path(String name) {
        String folders = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/bin";
        return Stream.concat(
                        Arrays.stream(folders.split(":", -1)).map(Path::of),
                        Stream.of(FOLDER.resolve("usr/sbin"), FOLDER.resolve("usr/bin")))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(name))
                .toAbsolutePath();
    }

    private static void unpack() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        List<String> download = new ArrayList<>(List.of("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download"));
        download.addAll(PACKAGES);
        try {
            if (run(FOLDER, download) != 0
                    && (run(FOLDER, List.of("apt-get", "-q", "update")) != 0 || run(FOLDER, download) != 0)) {
                throw missing("apt-get could not download " + String.join(", ", PACKAGES));
            }
            try (Stream<Path> files = Files.list(FOLDER)) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".deb")).toList()) {
                    if (run(FOLDER, List.of("dpkg-deb", "-x", file.getFileName().toString(), ".")) != 0) {
                        throw missing(file + " could not be unpacked");
                    }
                }
            }
        } catch (IOException e) {
            throw missing("there is no Debian here: " + e.getMessage());
        }
    }

    private static IllegalStateException missing(String why) {
        return new IllegalStateException("nothing was measured, since nginx and wrk are needed and are not on this"
                + " machine; install them with its package manager (" + why + ")");
    }

    private static int run(Path folder, List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tools.log").toFile())
                .start()
                .waitFor();
    }

    private void tell(Path program, String argument) throws IOException, InterruptedException {
        String said = said(command(program, argument));
        System.err.println("bench: " + program + ", " + said.lines().findFirst().orElse("which does not run"));
    }

    /** What a program writes, on both streams. */
    static String said(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    /** A command with which one of the two runs. */
    ProcessBuilder command(Path program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().merge("LD_LIBRARY_PATH", libraries.toString(), (known, ours) -> known + ':' + ours);
        return builder;
    }
}
