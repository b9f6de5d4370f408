package dev.ludo.client.frame;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.frame.LegEnd.By;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A leg in either role against the rows of rfc6455.txt, from a raw socket. */
@Timeout(30)
@ParameterizedClass(name = "{0}")
@EnumSource(Role.class)
class Rfc6455Test {
    @Parameter
    private Role role = Role.SERVER;

    /** A row of the table. */
    record Row(String name, String how, List<String> sent, List<String> answers) {
        static Row parse(String line) {
            String[] columns = line.split("\\|", -1);
            return new Row(columns[0].strip(), columns[1].strip(), words(columns[2]), words(columns[3]));
        }

        private static List<String> words(String column) {
            return Arrays.stream(column.split(" ", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        int chunk() {
            String number = how.replaceAll("[a-z ]", "");
            return number.isEmpty() ? 8192 : Integer.parseInt(number);
        }

        /** Whether this end ends it, or the peer in the row itself, or none of them. */
        By endedBy() {
            String last = answers.isEmpty() ? "" : answers.getLast();
            return last.startsWith("fail:") ? By.US : last.startsWith("close:") ? By.PEER : By.NOBODY;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException {
        try (BufferedReader table = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Rfc6455Test.class.getResourceAsStream("rfc6455.txt")),
                StandardCharsets.UTF_8))) {
            return table
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Row::parse)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyRowIsAnsweredAsItSays(Row row) {
        try (EchoLeg leg = new EchoLeg(role, row.chunk(), row.how().startsWith("binary"))) {
            send(leg, row);
            List<String> answers = new ArrayList<>(row.answers());
            if (row.endedBy() == By.NOBODY) {
                leg.write(FrameNotation.bytes("close:#1000", role == Role.SERVER));
                answers.add("close:#1000");
            }
            for (String answer : answers) {
                assertThat(row.name(), leg.read(), is(FrameNotation.told(answer.replace("fail:", "close:#"))));
            }
            if (role == Role.CLIENT || row.endedBy() == By.US) {
                leg.finish(); // a server hangs up by itself after a close of its peer's
            }
            assertThat(row.name(), leg.read(), is("EOF"));
            assertThat(row.name(), leg.end().by(), is(row.endedBy() == By.US ? By.US : By.PEER));
            assertThat(row.name(), leg.end().code(), is(code(answers.getLast())));
        }
    }

    private void send(EchoLeg leg, Row row) {
        List<byte[]> frames = row.sent().stream()
                .map(word -> FrameNotation.bytes(word, role == Role.SERVER))
                .toList();
        if (row.how().equals("frames")) {
            frames.forEach(leg::writeAndWait);
            return;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(all::writeBytes);
        leg.write(all.toByteArray());
    }

    private static int code(String answer) {
        String digits = answer.replaceAll("[a-z:#]", "");
        return digits.isEmpty() ? 1005 : Integer.parseInt(digits);
    }
}
