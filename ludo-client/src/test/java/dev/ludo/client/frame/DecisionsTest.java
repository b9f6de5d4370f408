package dev.ludo.client.frame;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/decisions.md names for what goes wrong on sockets are there. */
class DecisionsTest {
    private static final Pattern NAME = Pattern.compile("`([a-z]\\w{14,})`");

    @Test
    void everyTestThatTheDocsNameForAHazardExists() throws Exception {
        Set<String> tests = Stream.of(
                        SocketLegTest.class,
                        Class.forName("dev.ludo.client.realtime.HandshakeTest"),
                        Class.forName("dev.ludo.client.realtime.RoomConnectionTest"))
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .map(method -> method.getName())
                .collect(Collectors.toSet());
        String docs = Files.readString(Path.of("..", "docs", "decisions.md"));
        String hazards =
                docs.substring(docs.indexOf("What is known to go wrong"), docs.indexOf("What cannot reach us"));
        List<MatchResult> named = NAME.matcher(hazards).results().toList();
        assertThat(named.size(), greaterThan(12));
        for (MatchResult name : named) {
            assertThat(tests, hasItem(name.group(1)));
        }
    }
}
