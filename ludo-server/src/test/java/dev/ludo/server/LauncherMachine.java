package dev.ludo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A machine made up for the launcher: a copy of the script in a clone, a home, the few tools that it needs on the path, no
 * JDK and no Maven unless they are put there, and then as scripts which tell how they were called. The folders have spaces
 * in their names.
 */
final class LauncherMachine implements AutoCloseable {
    private static final List<String> TOOLS =
            List.of("cat", "cmp", "find", "ln", "mkdir", "mv", "printf", "readlink", "rm", "sleep", "touch");
    private static final List<String> MODULES = List.of("ludo-core", "ludo-client", "ludo-testkit", "ludo-server");

    /** Where the launcher stands. */
    final Path project;

    /** The user's folder, in which they stand when they call the launcher. */
    final Path home;

    /** The one folder on the path. */
    final Path bin;

    /** What the launcher takes for the root of the file system. */
    final Path system;

    /** With what the launcher is called. */
    final Map<String, String> environment = new TreeMap<>();

    private final List<Process> started = new ArrayList<>();

    LauncherMachine(Path temp) throws IOException {
        Path work = temp.toRealPath();
        project = Files.createDirectories(work.resolve("a clone"));
        home = Files.createDirectories(work.resolve("home of Ann"));
        bin = Files.createDirectories(work.resolve("some tools"));
        system = Files.createDirectories(work.resolve("the system"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), onThisMachine(tool));
        }
        String script = Files.readString(original());
        assertThat("lines that set the root", script.split("\nsystem='' ", -1).length - 1, is(1));
        executable(project.resolve("ludo"), script.replace("\nsystem='' ", "\nsystem='" + system + "' "));
        environment.put("PATH", bin.toString());
        environment.put("HOME", home.toString());
    }

    /** Puts a JDK into a folder. Its java tells its arguments, process, folder and settings, and ends with 7. */
    Path jdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Ann\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(folder.resolve("bin/javac"), "#!/bin/sh\n");
        executable(folder.resolve("bin/java"), """
                #!/bin/sh
                printf java; printf ' <%s>' "$@"; echo
                echo "process $$"
                echo "folder $PWD"
                echo "settings ${LUDO_JAVA_HOME-unset} ${LUDO_JAVA_OPTS-unset} ${LUDO_PORT-unset}"
                exit 7
                """);
        return folder;
    }

    /** Puts a JDK where the launcher looks without being told. */
    Path jdk(String version) throws IOException {
        return jdk(system.resolve("usr/lib/jvm/jdk"), version);
    }

    /** Puts a Maven on the path that tells its arguments, process, folder and options. */
    void maven(String version) throws IOException {
        maven(version, "");
    }

    /** Puts a Maven on the path that also runs a piece of shell script, with {@code $root} set, when it is to do more. */
    void maven(String version, String work) throws IOException {
        executable(bin.resolve("mvn"), """
                #!/bin/sh
                case " $MAVEN_OPTS" in *sun-misc*) "$JAVA_HOME/bin/java" $MAVEN_OPTS -version >&2; [ $? -eq 7 ] || exit 1 ;; esac
                case "$*" in '-B -v') printf '\\033[1mApache Maven %s\\033[m (abc)\\nMaven home: /m\\n'; exit 0 ;; esac
                printf mvn; printf ' <%%s>' "$@"; echo
                echo "process $$"
                echo "folder $PWD"
                echo "JAVA_HOME $JAVA_HOME"
                echo "MAVEN_OPTS $MAVEN_OPTS"
                root='%s'
                %s
                """.formatted(version, project, work));
    }

    /** Writes the sources of the four modules, as old as an hour. */
    void sources() throws IOException {
        Files.writeString(project.resolve("pom.xml"), "parent");
        for (String module : MODULES) {
            Path main = Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.writeString(project.resolve(module).resolve("pom.xml"), module);
            Files.writeString(main.resolve("A.java"), module);
        }
        try (var all = Files.walk(project)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(3600)));
            }
        }
    }

    /** Writes the jars as a build leaves them, with the given text in those of the core. */
    void jars(String core) throws IOException {
        for (String module : MODULES) {
            Files.createDirectories(project.resolve(module + "/target/lib"));
            Path jar = project.resolve(module + "/target/" + module + ".jar");
            Files.writeString(jar, module.equals("ludo-core") ? core : module);
        }
        Files.writeString(project.resolve("ludo-testkit/target/lib/ludo-core-1.jar"), core);
        Files.writeString(project.resolve("ludo-server/target/lib/ludo-core-1.jar"), core);
        Files.writeString(project.resolve("ludo-server/target/lib/ludo-client-1.jar"), "ludo-client");
    }

    /** Calls the launcher and waits for its end. */
    Outcome ludo(String... arguments) throws Exception {
        return end(start(project.resolve("ludo"), arguments));
    }

    /** Starts a script; {@link #end} tells how it went. */
    Process start(Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Waits for the end of a process, whose output is short enough for the pipes. */
    Outcome end(Process process) throws Exception {
        assertThat("ended within a minute", process.waitFor(1, TimeUnit.MINUTES), is(true));
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Outcome(process.pid(), process.exitValue(), output, error);
    }

    /** Ends what a failed test left running. */
    @Override
    public void close() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Writes a script that can be called. */
    static void executable(Path file, String script) throws IOException {
        Files.writeString(file, script);
        assertThat(file.toFile().setExecutable(true), is(true));
    }

    /** The launcher of the project, looked for from here upwards: where tests are found is not where they run. */
    static Path original() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("ludo"))) {
                return folder.resolve("ludo");
            }
        }
        throw new AssertionError("no launcher above " + Path.of("").toAbsolutePath());
    }

    private static Path onThisMachine(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + tool + " on the path"));
    }

    /**
     * How a call of the launcher went.
     *
     * @param process its number
     * @param status its exit code
     * @param output what it wrote to standard output
     * @param error what it wrote to standard error
     */
    record Outcome(long process, int status, String output, String error) {
        /** The one sentence with which the launcher refused. */
        String refusal() {
            assertThat(error, status, is(2));
            assertThat(output, is(""));
            assertThat(error, allOf(startsWith("ludo: "), endsWith(".\n")));
            assertThat(error, error.lines().count(), is(1L));
            return error;
        }

        /** What follows a word at the beginning of a line of the output. */
        String line(String word) {
            return output.lines()
                    .filter(line -> line.startsWith(word + ' '))
                    .map(line -> line.substring(word.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line \"" + word + "\" in: " + output + error));
        }
    }
}
