package dev.ludo.server.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One at a time has the right, in this process or in another. */
@Timeout(60)
class FolderLockTest {
    @TempDir
    Path folder;

    /** Says whether it gets the lock of a folder. */
    static final class Program {
        private Program() {}

        /** Takes the folder. */
        public static void main(String[] arguments) throws IOException {
            System.out.print(FolderLock.take(Path.of(arguments[0]), "a.lock").isPresent());
        }
    }

    private String anotherProcessGetsIt() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void whoAsksInVainTakesItFromNobody() throws IOException {
        FolderLock first = FolderLock.take(folder, "a.lock").orElseThrow();
        assertThat(FolderLock.take(folder, "a.lock").isPresent(), is(false));
        assertThat(anotherProcessGetsIt(), is("false"));
        FolderLock.take(folder, "b.lock").orElseThrow().close();
        first.close();
        assertThat(anotherProcessGetsIt(), is("true"));
        FolderLock second = FolderLock.take(folder, "a.lock").orElseThrow();
        first.close();
        assertThat("closed twice", FolderLock.take(folder, "a.lock").isPresent(), is(false));
        assertThat(anotherProcessGetsIt(), is("false"));
        second.close();
    }
}
