package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.ludo.server.LauncherMachine.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds before it runs, and what it does when two of them want to. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherBuildTest {
    /** What a build leaves, as a script; it also counts itself. */
    private static final String PACKAGE = """
            echo built >>"$root/builds"
            for m in ludo-core ludo-client ludo-testkit ludo-server; do
                mkdir -p "$root/$m/target/lib"; echo "$m" >"$root/$m/target/$m.jar"
            done
            for m in ludo-testkit ludo-server; do cat "$root/ludo-core/target/ludo-core.jar" >"$root/$m/target/lib/ludo-core-1.jar"; done
            echo ludo-client >"$root/ludo-server/target/lib/ludo-client-1.jar"
            """;

    private LauncherMachine machine;

    @BeforeEach
    void prepareAMachine(@TempDir Path temp) throws IOException {
        machine = new LauncherMachine(temp);
        machine.jdk("25.0.1");
        machine.maven("3.9.9", PACKAGE);
        machine.sources();
    }

    @AfterEach
    void endWhatIsLeft() {
        machine.close();
    }

    @Test
    void buildsAFreshCloneOnceAndKeepsMavenOffStandardOutput() throws Exception {
        Outcome first = machine.ludo("demo");
        assertThat(first.output(), startsWith("java "));
        assertThat(
                first.error(),
                allOf(
                        containsString("<-q>"),
                        containsString("<package>"),
                        containsString("folder " + machine.project)));
        assertThat(builds(), is(1));
        assertThat(machine.ludo("fake").line("java"), endsWith("FakeLudoMain>"));
        assertThat(builds(), is(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "ludo-client/pom.xml",
                "ludo-core/src/main/A.java",
                "ludo-server/src/main/new/B.java",
                "ludo-testkit/src/main"
            })
    void buildsAgainWhenASourceIsNewer(String changed) throws Exception {
        machine.ludo("serve");
        Path source = machine.project.resolve(changed);
        if (!Files.exists(source)) {
            Files.createDirectories(source.getParent());
            Files.writeString(source, "class B {}");
        }
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        machine.ludo("serve");
        assertThat(builds(), is(2));
    }

    @Test
    void takesTheJarsOfAnotherMavenRunOnlyWhenTheyBelongTogether() throws Exception {
        machine.jars("core");
        machine.ludo("serve");
        assertThat(Files.exists(machine.project.resolve("builds")), is(false));
        Files.writeString(machine.project.resolve("ludo-core/target/ludo-core.jar"), "changed core");
        machine.ludo("serve");
        assertThat(builds(), is(1));
        Files.delete(machine.project.resolve("ludo-client/target/ludo-client.jar"));
        machine.ludo("serve");
        assertThat(builds(), is(2));
    }

    @Test
    void leavesNoLibraryOfAnotherVersionBehind() throws Exception {
        machine.ludo("fake");
        Path old = Files.createFile(machine.project.resolve("ludo-testkit/target/lib/other-0.9.jar"));
        Files.writeString(machine.project.resolve("ludo-core/target/ludo-core.jar"), "changed core");
        machine.ludo("fake");
        assertThat(builds(), is(2));
        assertThat(Files.exists(old), is(false));
    }

    @Test
    void startsNothingAfterAFailedBuildAndTriesAgain() throws Exception {
        machine.maven("3.9.9", PACKAGE + "\nexit 9");
        Outcome failed = machine.ludo("demo");
        assertThat(failed.status(), is(1));
        assertThat(failed.output(), is(""));
        assertThat(
                failed.error(), endsWith("\nludo: the build failed for the reason above, so nothing was started.\n"));
        machine.maven("3.9.9", PACKAGE);
        assertThat(machine.ludo("demo").status(), is(7));
        assertThat(builds(), is(2));
    }

    @Test
    void aSecondLauncherWaitsForTheBuildOfTheFirst() throws Exception {
        // The build hangs until a line comes through the launcher's pipe.
        machine.maven("3.9.9", "echo building\nread line <\"$root/gate\"\n" + PACKAGE);
        gate();
        Process first = machine.start(machine.project.resolve("ludo"), "serve");
        BufferedReader firstError = first.errorReader();
        await(firstError, "building");
        Process second = machine.start(machine.project.resolve("ludo"), "fake");
        await(
                second.errorReader(),
                "ludo: waiting for the build of another ./ludo (process " + first.pid() + ") to end");
        Files.writeString(machine.project.resolve("gate"), "go on\n");
        assertThat(machine.end(first).line("java"), containsString("ludo-server.jar"));
        assertThat(machine.end(second).line("java"), containsString("ludo-testkit.jar"));
        assertThat(builds(), is(1));
        assertThat(locked(), is(false));
    }

    @Test
    void aSignalEndsTheBuildAndLeavesNoLock() throws Exception {
        machine.maven("3.9.9", "echo building\nread line <\"$root/gate\"\n" + PACKAGE);
        gate();
        Process launcher = machine.start(machine.project.resolve("ludo"), "serve");
        await(launcher.errorReader(), "building");
        assertThat(locked(), is(true));
        launcher.toHandle().destroy();
        Outcome outcome = machine.end(launcher);
        assertThat(outcome.status(), is(143));
        assertThat(outcome.output(), is(""));
        assertThat(locked(), is(false));
        machine.maven("3.9.9", PACKAGE);
        assertThat(machine.ludo("serve").status(), is(7));
        assertThat(builds(), is(1));
    }

    @Test
    void aLockWhoseOwnerDiedIsNoneAnyMore() throws Exception {
        Process gone = machine.start(machine.project.resolve("ludo"), "help");
        machine.end(gone);
        Files.createDirectories(machine.project.resolve("target"));
        Files.createSymbolicLink(machine.project.resolve("target/ludo-build.lock"), Path.of(Long.toString(gone.pid())));
        Outcome outcome = machine.ludo("serve");
        assertThat(outcome.status(), is(7));
        assertThat(outcome.error(), not(containsString("waiting")));
        assertThat(locked(), is(false));
    }

    private void gate() throws Exception {
        Process made =
                new ProcessBuilder("mkfifo", machine.project.resolve("gate").toString()).start();
        assertThat(made.waitFor(), is(0));
    }

    private static void await(BufferedReader reader, String expected) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals(expected)) {
                return;
            }
        }
        throw new AssertionError("ended without the line \"" + expected + '"');
    }

    private boolean locked() {
        return Files.exists(machine.project.resolve("target/ludo-build.lock"), LinkOption.NOFOLLOW_LINKS);
    }

    private int builds() throws IOException {
        return Files.readAllLines(machine.project.resolve("builds")).size();
    }
}
