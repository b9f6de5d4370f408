package dev.ludo.testkit.junit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.ludo.testkit.FakeLudo;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that tests with JUnit 5.14 can use the extension and the contract's cases as one with JUnit 6 can. */
class OldestJUnitTest {
    private static final Path OLDEST = Path.of("target", "oldest-junit");

    private static final String TESTS = """
            import static org.junit.jupiter.api.Assertions.*;

            import dev.ludo.core.model.*;
            import dev.ludo.testkit.*;
            import dev.ludo.testkit.junit.*;
            import dev.ludo.testkit.tck.*;
            import java.net.URI;
            import org.junit.jupiter.api.*;
            import org.junit.jupiter.api.extension.RegisterExtension;

            class Consumer {
                @LudoTest
                static class Fresh {
                    final FakeLudo ofConstructor;

                    Fresh(FakeLudo ludo) {
                        ofConstructor = ludo;
                    }

                    @RepeatedTest(2)
                    void fresh(FakeLudo ludo, VirtualClock clock, @BaseUri URI base, @SocketUri URI socket) {
                        assertSame(ludo, ofConstructor);
                        assertSame(clock, ludo.clock());
                        assertEquals(ludo.baseUri(), base);
                        assertEquals(ludo.wsUri(), socket);
                        assertEquals(0, ludo.rooms().size());
                        ludo.openRoom(NewRoom.DEFAULT);
                    }

                    @Test
                    void leaves(FakeLudo ludo) {
                        ludo.on("GET", "/v1/rooms").respond(Reply.status(503));
                    }

                    @Test
                    @Leaves(Leak.UNUSED_SCRIPTS)
                    void meansToLeave(FakeLudo ludo) {
                        leaves(ludo);
                    }
                }

                static class Shared extends PlayersTck {
                    @RegisterExtension
                    static final LudoExtension LUDO =
                            LudoExtension.builder().fake(fake -> fake.rateLimit(50_000)).shared().build();

                    @Override
                    protected TckTarget target() {
                        FakeLudo ludo = LUDO.fake();
                        return TckTarget.upstream(ludo.baseUri(), ludo.wsUri(), ludo.apiKey())
                                .without(TckFeature.RATINGS);
                    }
                }
            }
            """;

    private static final String MAIN = """
            import static org.junit.platform.engine.discovery.DiscoverySelectors.*;

            import java.util.List;
            import org.junit.platform.launcher.core.*;
            import org.junit.platform.launcher.listeners.*;

            public class Main {
                public static String run() {
                    SummaryGeneratingListener listener = new SummaryGeneratingListener();
                    LauncherFactory.create().execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass("Consumer$Fresh"), selectClass("Consumer$Shared"), selectClass("LobbyTest"),
                                            selectNestedClass(List.of("OurStagingServerIT"), "dev.ludo.testkit.tck.LudoTck$Resume"))
                                    .build(),
                            listener);
                    TestExecutionSummary summary = listener.getSummary();
                    StringBuilder told = new StringBuilder("jupiter ")
                            .append(org.junit.jupiter.api.Test.class.getProtectionDomain().getCodeSource())
                            .append("\\npassed ")
                            .append(summary.getTestsSucceededCount());
                    summary.getFailures().forEach(failure -> told.append("\\nfailed ")
                            .append(failure.getTestIdentifier().getDisplayName())
                            .append(": ")
                            .append(failure.getException()));
                    return told.toString();
                }
            }
            """;

    @TempDir
    Path home;

    @Test
    void aProjectWithTheOldestJUnitWorks() throws Exception {
        Files.writeString(home.resolve("Consumer.java"), TESTS);
        Files.writeString(home.resolve("Main.java"), MAIN);
        List<Path> classPath = classPath();
        String out;
        try (FakeLudo staging = FakeLudo.start()) {
            writeDocumented(staging);
            compile(classPath);
            out = runMain(classPath);
        }
        assertThat(out, containsString("junit-jupiter-api-5."));
        List<String> told = out.lines()
                .filter(line -> line.startsWith("passed ") || line.startsWith("failed "))
                .toList();
        assertThat(out, told.size(), is(2));
        assertThat(told.get(0), is("passed 27"));
        assertThat(
                told.get(1), containsString("failed leaves(FakeLudo): java.lang.AssertionError: the test left behind"));
    }

    /** The test classes that the documents show; the API that one of them tests is a fake. */
    private void writeDocumented(FakeLudo staging) throws IOException {
        List<String> examples = Pattern.compile("(?ms)^```java test\\n(.*?)^```")
                .matcher(Files.readString(Path.of("..", "docs", "testkit.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(examples.size(), is(2));
        Files.writeString(home.resolve("LobbyTest.java"), examples.get(0));
        Files.writeString(
                home.resolve("OurStagingServerIT.java"),
                examples.get(1)
                        .replace("https://staging.example/v1", staging.baseUri().toString())
                        .replace("wss://staging.example/ws", staging.wsUri().toString())
                        .replace(
                                "System.getenv(\"LUDO_API_KEY\")",
                                '"' + staging.apiKey().reveal() + '"'));
    }

    /** That of this test, with the oldest JUnit in the place of its own, and the project's folder. */
    private List<Path> classPath() throws IOException {
        Stream<Path> own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(test-classes|junit-|hamcrest|surefire|jmh).*"))
                .map(Path::of);
        try (Stream<Path> oldest = Files.list(OLDEST)) {
            return Stream.of(own, oldest, Stream.of(home))
                    .flatMap(entries -> entries)
                    .toList();
        }
    }

    private void compile(List<Path> classPath) {
        StringWriter complaints = new StringWriter();
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        boolean good = javac.getTask(
                        complaints,
                        files,
                        null,
                        List.of(
                                "-proc:none",
                                "-d",
                                home.toString(),
                                "-cp",
                                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))),
                        null,
                        files.getJavaFileObjects(
                                home.resolve("Consumer.java"),
                                home.resolve("LobbyTest.java"),
                                home.resolve("OurStagingServerIT.java"),
                                home.resolve("Main.java")))
                .call();
        assertThat(complaints.toString(), good, is(true));
    }

    /** In this JVM, but with nothing of this test's own class path. */
    private static String runMain(List<Path> classPath) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (Path entry : classPath) {
            urls.add(entry.toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            return String.valueOf(loader.loadClass("Main").getMethod("run").invoke(null));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
