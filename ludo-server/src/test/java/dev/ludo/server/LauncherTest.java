package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.server.LauncherMachine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher finds, what it refuses and what it becomes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest {
    private LauncherMachine machine;

    @BeforeEach
    void prepareAMachine(@TempDir Path temp) throws IOException {
        machine = new LauncherMachine(temp);
    }

    @AfterEach
    void endWhatIsLeft() {
        machine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "help", "-h", "--help"})
    void tellsItsCommandsWithoutAnyJdk(String command) throws Exception {
        Outcome outcome = command.isEmpty() ? machine.ludo() : machine.ludo(command);
        assertThat(outcome.status(), is(0));
        assertThat(outcome.error(), is(""));
        for (String known : List.of("demo", "serve", "fake", "worker", "self-check", "test", "soak", "bench", "mvn")) {
            assertThat(outcome.output(), containsString("\n  " + known + " "));
        }
    }

    @ParameterizedTest
    @CsvSource({"demo, --help", "serve, -h", "self-check, --help", "worker, --help", "fake, -h"})
    void tellsThemWithoutBuildingWhoeverIsAskedFor(String command, String option) throws Exception {
        Outcome outcome = machine.ludo(command, option);
        assertThat(outcome.error(), is(""));
        assertThat(outcome.status(), is(0));
        assertThat(outcome.output(), is(machine.ludo("help").output()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"destroy", "Test", "workers", "--port"})
    void refusesACommandThatThereIsNot(String command) throws Exception {
        machine.jdk("25.0.1");
        assertThat(machine.ludo(command).refusal(), containsString('"' + command + '"'));
    }

    @Test
    void refusesAMachineWithoutAJdk() throws Exception {
        machine.maven("3.9.9");
        for (String command : List.of("test", "soak", "mvn", "demo", "serve", "worker", "fake")) {
            String refusal = machine.ludo(command).refusal();
            assertThat(
                    refusal, allOf(containsString("no JDK 21"), containsString("(seen: none at all)"), howToGetOne()));
        }
    }

    @Test
    void namesEachJdkThatIsTooOldOnce() throws Exception {
        machine.maven("3.9.9");
        Path eight = machine.jdk(machine.home.resolve("jdk 8"), "1.8.0_392");
        Path seventeen = machine.jdk("17.0.15");
        Files.createSymbolicLink(seventeen.resolveSibling("latest"), seventeen);
        machine.environment.put("JAVA_HOME", eight.toString());
        String refusal = machine.ludo("test").refusal();
        assertThat(refusal, containsString("(seen: 1.8.0_392 at " + eight + ", 17.0.15 at " + seventeen + ")"));
        assertThat(refusal, howToGetOne());
    }

    @Test
    void namesAJavaHomeThatHoldsNoJdk() throws Exception {
        machine.environment.put("JAVA_HOME", machine.home.toString());
        assertThat(machine.ludo("test").refusal(), containsString("no JDK at JAVA_HOME " + machine.home));
    }

    @Test
    void takesNothingElseWhenLudoJavaHomeIsWrong() throws Exception {
        machine.maven("3.9.9");
        Path good = machine.jdk(machine.home.resolve("good"), "25");
        machine.environment.put("JAVA_HOME", good.toString());
        Path old = machine.jdk(machine.home.resolve("old"), "20.0.2");
        Path runtimeOnly = machine.jdk(machine.home.resolve("jre"), "21.0.4");
        Files.delete(runtimeOnly.resolve("bin/javac"));
        for (Path wrong : List.of(old, runtimeOnly, machine.home, machine.home.resolve("nowhere"))) {
            machine.environment.put("LUDO_JAVA_HOME", wrong.toString());
            assertThat(machine.ludo("test").refusal(), containsString("LUDO_JAVA_HOME names " + wrong + ", which is"));
        }
    }

    @Test
    void looksForAJdkInTheOrderThatItPromises() throws Exception {
        machine.maven("3.9.9");
        // From the last place to the first, so that each one wins over all before it.
        Path told = machine.jdk(machine.home.resolve("told by macOS"), "21.0.1");
        Files.createDirectories(machine.system.resolve("usr/libexec"));
        LauncherMachine.executable(
                machine.system.resolve("usr/libexec/java_home"), "#!/bin/sh\necho \"" + told + "\"\n");
        assertThat(found(), is(told));
        List<Path> places = Stream.of(
                        machine.system.resolve("opt/homebrew/opt/openjdk@21/libexec/openjdk.jdk/Contents/Home"),
                        machine.system.resolve("Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home"),
                        machine.system.resolve("usr/java/jdk-21"),
                        machine.system.resolve("usr/lib/jvm/java-21"),
                        machine.home.resolve(".local/share/mise/installs/java/21.0.2"),
                        machine.home.resolve(".asdf/installs/java/temurin-21.0.2"),
                        machine.home.resolve(".sdkman/candidates/java/21.0.2-tem"),
                        machine.home.resolve(".sdkman/candidates/java/current"))
                .toList();
        for (Path place : places) {
            machine.jdk(place, "21.0.2");
            assertThat(found(), is(place));
        }
        Path onPath = machine.jdk(machine.home.resolve("on the path"), "23-ea");
        Files.createSymbolicLink(machine.home.resolve("javac-23"), onPath.resolve("bin/javac"));
        Files.createSymbolicLink(machine.bin.resolve("javac"), Path.of("../home of Ann/javac-23"));
        assertThat(found(), is(onPath));
        for (String variable : List.of("JAVA_HOME", "LUDO_JAVA_HOME")) {
            Path named = machine.jdk(machine.home.resolve(variable), "21");
            machine.environment.put(variable, named.toString());
            assertThat(found(), is(named));
        }
    }

    @Test
    void passesOverWhatIsTooOldOrNoJdk() throws Exception {
        machine.maven("3.9.9");
        Path old = machine.jdk(machine.home.resolve("old"), "17.0.15");
        machine.environment.put("JAVA_HOME", old.toString());
        LauncherMachine.executable(machine.bin.resolve("javac"), "#!/bin/sh\necho a version manager\n");
        Files.createDirectories(machine.system.resolve("usr/lib/jvm/empty"));
        Path good = machine.jdk("21.0.4");
        assertThat(found(), is(good));
    }

    @Test
    void refusesAMachineWithoutMavenOnlyWhenThereIsSomethingToBuild() throws Exception {
        machine.jdk("25");
        machine.sources();
        for (String command : List.of("test", "soak", "mvn", "demo", "serve", "worker", "fake")) {
            String refusal = machine.ludo(command).refusal();
            assertThat(refusal, allOf(containsString("Maven 3.8"), containsString("https://maven.apache.org")));
        }
        machine.jars("core");
        assertThat(machine.ludo("serve").line("java"), containsString("<serve>"));
    }

    @ParameterizedTest
    @CsvSource({"3.6.3, false", "3.7.0, false", "2.22.1, false", "3.8.1, true", "3.10.0, true", "4.0.0-rc-4, true"})
    void wantsAMavenThatIsNewEnough(String version, boolean enough) throws Exception {
        machine.jdk("21.0.4");
        machine.maven(version);
        Outcome outcome = machine.ludo("test");
        if (enough) {
            assertThat(outcome.line("mvn"), containsString("<verify>"));
        } else {
            assertThat(outcome.refusal(), startsWith("ludo: " + machine.bin + "/mvn is Maven " + version));
        }
    }

    @Test
    void refusesAMavenThatDoesNotRun() throws Exception {
        machine.jdk("21.0.4");
        LauncherMachine.executable(machine.bin.resolve("mvn"), "#!/bin/sh\necho 'Exception in main' >&2\nexit 1\n");
        assertThat(
                machine.ludo("test").refusal(), startsWith("ludo: " + machine.bin + "/mvn does not tell its version"));
    }

    @Test
    void testBecomesMavenInTheProjectsFolder() throws Exception {
        Path jdk = machine.jdk("21.0.4");
        machine.maven("3.9.9");
        Outcome outcome = machine.ludo("test", "-pl", "ludo-core", "-Dx=two words");
        assertThat(outcome.status(), is(0));
        assertThat(
                outcome.output().lines().toList(),
                is(List.of(
                        "mvn <-B> <-ntp> <verify> <-pl> <ludo-core> <-Dx=two words>",
                        "process " + outcome.process(),
                        "folder " + machine.project,
                        "JAVA_HOME " + jdk,
                        "MAVEN_OPTS ")));
        assertThat(
                outcome.error(),
                is("ludo: JDK 21.0.4 at " + jdk + " (usual folders), Maven 3.9.9 at " + machine.bin + "/mvn\n"));
    }

    @Test
    void soakRunsEveryTestThatAsksHowMuchOfItselfToRun() throws Exception {
        Path project = Objects.requireNonNull(LauncherMachine.original().getParent());
        List<String> all = new ArrayList<>();
        for (String module : List.of("core", "testkit", "client", "server")) {
            try (Stream<Path> files = Files.walk(project.resolve("ludo-" + module + "/src/test/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    if (Files.readString(file).contains("\"ludo.soak\"")) {
                        all.add(String.valueOf(file.getFileName()).replace(".java", ""));
                    }
                }
            }
        }
        Collections.sort(all);
        String wanted = "<test>" + String.join(",", all) + "</test>";
        assertThat(Files.readString(project.resolve("pom.xml")), containsString(wanted));
    }

    @Test
    void soakRunsTheLongChecksAloneAndMvnWhatItIsTold() throws Exception {
        machine.jdk("21.0.4");
        machine.maven("3.9.9");
        String soak = machine.ludo("soak", "-q").line("mvn");
        assertThat(soak, allOf(containsString("<-P> <soak> <-Dludo.soak=true>"), containsString("<test> <-q>")));
        assertThat(machine.ludo("mvn", "clean", "-q").line("mvn"), is("<clean> <-q>"));
    }

    @Test
    void benchCompilesAndRunsTheBenchmarksOfAModule() throws Exception {
        machine.jdk("25.0.1");
        machine.maven("3.9.9");
        Path module = machine.project.resolve("ludo-core");
        Path main = module.resolve("src/test/java/dev/ludo/core/bench/BenchMain.java");
        Files.createDirectories(main.getParent());
        Files.writeString(main, "class BenchMain {}");
        Files.createDirectories(module.resolve("target"));
        Files.writeString(module.resolve("target/bench-class-path"), "/a b.jar:/c.jar");
        Outcome outcome = machine.ludo("bench", "core", "games");
        assertThat(
                outcome.error(),
                allOf(containsString("<-P> <bench> <-pl> <ludo-core>"), containsString("<test-compile>")));
        assertThat(
                outcome.line("java"),
                endsWith(
                        "<-cp> <target/bench-classes:target/classes:/a b.jar:/c.jar> <dev.ludo.core.bench.BenchMain> <games>"));
        assertThat(outcome.line("folder"), is(module.toString()));
        assertThat(machine.ludo("bench", "chess").refusal(), containsString("\"chess\""));
    }

    @Test
    void benchOfTheContainerIsAScriptOfTheImages() throws Exception {
        Path check = Files.createDirectories(machine.project.resolve("docker")).resolve("check");
        LauncherMachine.executable(check, "#!/bin/sh\necho \"$@\"\n");
        Outcome outcome = machine.ludo("bench", "container", "3");
        assertThat(outcome.error(), outcome.status(), is(0));
        assertThat(outcome.output(), is("bench 3\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "21.0.4, true, -Xmx1g",
        "25.0.1, true, --sun-misc-unsafe-memory-access=allow -Xmx1g",
        "30, false, -Xmx1g"
    })
    void silencesMavensWarningOfUnsafeWhereTheJdkKnowsHow(String version, boolean known, String options)
            throws Exception {
        Path jdk = machine.jdk(version);
        if (!known) {
            LauncherMachine.executable(
                    jdk.resolve("bin/java"), "#!/bin/sh\ncase $1 in --sun-*) exit 1 ;; esac\nexit 7\n");
        }
        machine.maven("3.9.9");
        machine.environment.put("MAVEN_OPTS", "-Xmx1g");
        assertThat(machine.ludo("test").line("MAVEN_OPTS"), is(options));
    }

    @ParameterizedTest
    @CsvSource({
        "serve, -jar {}/ludo-server/target/ludo-server.jar serve",
        "self-check, -jar {}/ludo-server/target/ludo-server.jar self-check",
        "worker, -jar {}/ludo-server/target/ludo-server.jar worker",
        "fake, -cp {}/ludo-testkit/target/ludo-testkit.jar:{}/ludo-testkit/target/lib/* dev.ludo.testkit.FakeLudoMain",
        "demo, -cp {}/ludo-server/target/ludo-server.jar:{}/ludo-testkit/target/ludo-testkit.jar:{}/ludo-testkit/target/lib/* dev.ludo.server.demo.DemoMain"
    })
    void becomesJavaWhereTheCallerStands(String command, String arguments) throws Exception {
        Path jdk = machine.jdk("25.0.1");
        machine.sources();
        machine.jars("core");
        machine.environment.put("LUDO_JAVA_OPTS", "-Da=1  -Db=*");
        Files.writeString(machine.home.resolve("-Db=c"), "not to be taken for the option");
        machine.environment.put("LUDO_PORT", "8123");
        Outcome outcome = machine.ludo(command, "--port", "0");
        assertThat(outcome.status(), is(7));
        UnaryOperator<String> word = argument -> " <" + argument.replace("{}", machine.project.toString()) + '>';
        String words = Stream.of(arguments.split(" ", -1)).map(word).collect(Collectors.joining());
        assertThat(
                outcome.output().lines().toList(),
                is(List.of(
                        "java <-XX:+UseSerialGC> <-XX:+ExitOnOutOfMemoryError> <-Xms16m> <-Xmx256m> <-Da=1> <-Db=*>"
                                + words + " <--port> <0>",
                        "process " + outcome.process(),
                        "folder " + machine.home,
                        "settings unset unset 8123")));
        assertThat(outcome.error(), is("ludo: JDK 25.0.1 at " + jdk + " (usual folders)\n"));
    }

    @ParameterizedTest
    @CsvSource({"25.0.1, lib64, true", "22.0.1, lib, true", "21.0.4, lib64, false", "25.0.1, elsewhere, false"})
    void tellsGlibcToGiveMemoryBackWhereTheJdkCan(String version, String folder, boolean told) throws Exception {
        machine.jdk(version);
        machine.sources();
        machine.jars("core");
        Files.createFile(Files.createDirectories(machine.system.resolve(folder)).resolve("ld-linux-x86-64.so.2"));
        String option = "<-XX:TrimNativeHeapInterval=5000>";
        assertThat(machine.ludo("serve").output().contains(option), is(told));
    }

    @Test
    void findsItsProjectThroughLinks() throws Exception {
        machine.jdk("21.0.4");
        machine.maven("3.9.9");
        Path first = Files.createSymbolicLink(machine.home.resolve("first"), Path.of("../a clone/ludo"));
        Path second = Files.createSymbolicLink(machine.bin.resolve("ludo"), first);
        assertThat(machine.end(machine.start(second, "test")).line("folder"), is(machine.project.toString()));
    }

    private Path found() throws Exception {
        return Path.of(machine.ludo("test").line("JAVA_HOME"));
    }

    private static Matcher<String> howToGetOne() {
        return allOf(containsString("https://adoptium.net"), containsString("LUDO_JAVA_HOME"));
    }
}
