package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three libraries work as modules too: a modular program that names two of them plays on the module path. */
class ModulesTest {
    @TempDir
    Path directory;

    @Test
    void aModularProgramNeedsOnlyToNameTheModulesItUses() throws Exception {
        Path app = app();
        Files.writeString(
                directory.resolve("src/module-info.java"),
                "module app { requires dev.ludo.client; requires dev.ludo.testkit; }");
        String modules = libraries();
        compile("-p", modules, directory.resolve("src/module-info.java"), app);
        String out = run("java", "-p", modules + File.pathSeparator + directory.resolve("out"), "-m", "app/app.App");
        assertThat(out, containsString("WAITING"));
    }

    @Test
    void aProgramOnTheClassPathCompilesWithoutAWarning() throws Exception {
        compile("-cp", libraries(), app());
    }

    private Path app() throws IOException {
        Path file = Files.createDirectories(directory.resolve("src/app")).resolve("App.java");
        return Files.writeString(file, """
                package app;

                import dev.ludo.client.LudoClient;
                import dev.ludo.core.model.NewRoom;
                import dev.ludo.testkit.FakeLudo;

                public class App {
                    public static void main(String[] arguments) {
                        try (FakeLudo fake = FakeLudo.start();
                                LudoClient client = LudoClient.builder()
                                        .baseUri(fake.baseUri())
                                        .apiKey(() -> fake.apiKey())
                                        .build()) {
                            System.out.println(client.rooms().create(NewRoom.DEFAULT).status());
                        }
                    }
                }
                """);
    }

    private void compile(String option, String libraries, Path... sources) throws Exception {
        List<String> words = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none", option, libraries));
        words.addAll(List.of("-d", directory.resolve("out").toString()));
        Arrays.stream(sources).map(Path::toString).forEach(words::add);
        run("javac", words.toArray(String[]::new));
    }

    // Of the class path of this test: our modules, and the libraries that they need.
    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("ludo-server"))
                .filter(entry -> !entry.matches(".*(junit|hamcrest|archunit|opentest4j|apiguardian|surefire|slf4j).*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String run(String program, String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", program).toString());
        builder.command().addAll(Arrays.asList(words));
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(out, process.waitFor(), is(0));
        return out;
    }
}
