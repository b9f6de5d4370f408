package dev.ludo.server.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.frame.FrameNotation;
import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.SocketConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The relay between two raw sockets: one end sends frames, of which the relay answers some, and the other end is told the
 * rest. In the notation of the client's rfc6455.txt, and with its numbers; what each end can send is there in full.
 */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class RelayFramesTest {
    private static final String JOIN = "text:{\"type\":\"room:join\",\"roomCode\":\"ROOM1\",\"playerToken\":\"t\"}";

    // name | who sends | what | what comes back | what reaches the other end; a close on both sides if none is named.
    // Closes of an API are here as far as they end a session for good.
    private static final String ROWS = """
            1.1.1  | api    | text:                             |            | text:
            1.1.2  | client | text:{"x":"+x*117+"}              |            | text:{"x":"+x*117+"}
            1.1.3  | api    | text:x*126                        |            | text:x*126
            1.1.6  | client | text:{"x":"+x*65527+"}            |            | text:{"x":"+x*65527+"}
            1.1.7  | client | text:{"x":"+x*65528+"}            |            | text:{"x":"+x*65528+"}
            1.1.7  | api    | text:x*65536                      |            | text:x*65536
            1.1.b  | both   | text:x*65537                      | fail:1009  | close:#1009
            1.2.a  | both   | bin:                              | fail:1003  | close:#1003
            1.2.c  | both   | bin-:a cont:b                     | fail:1003  | close:#1003
            2.3    | both   | ping:0x00fffefdfcfb00ff           | pong:0x00fffefdfcfb00ff |
            2.5    | both   | ping:0xfe*126                     | fail:1002  | close:#1002
            2.9    | both   | pong:unasked ping:asked           | pong:asked |
            3.2    | both   | text:{} text~2:{} ping:           | fail:1002  | text:{} close:#1002
            3.6    | both   | ping~6:Hello                      | fail:1002  | close:#1002
            4.1.3  | both   | text:{} op5: ping:                | fail:1002  | text:{} close:#1002
            4.2.1  | both   | op11:                             | fail:1002  | close:#1002
            5.1    | both   | ping-:one cont:two                | fail:1002  | close:#1002
            5.3    | both   | text-:{"x":" cont:y"}             |            | text:{"x":"y"}
            5.6    | both   | text-:{"x":" ping:asked cont:y"}  | pong:asked | text:{"x":"y"}
            5.9    | both   | cont:nothing text:{}              | fail:1002  | close:#1002
            5.15   | both   | text-:{ cont:} cont-:{ text:{}    | fail:1002  | text:{} close:#1002
            5.18   | both   | text-:{ text:}                    | fail:1002  | close:#1002
            5.d    | both   | text-:x*40000 cont:x*25537        | fail:1009  | close:#1009
            6.2.a  | both   | text-:{"x":"+0xf09f ping: cont-:0x8e pong: cont:0xb2+"} | pong: | text:{"x":"+0xf09f8eb2+"}
            6.3.1  | both   | text:0xcebaeda080                 | fail:1007  | close:#1007
            6.4.1  | both   | text-:0xceba cont-:0xf4908080 cont:x | fail:1007 | close:#1007
            6.20.1 | both   | text:0xeda080                     | fail:1007  | close:#1007
            6.22.1 | both   | text:{"x":"+0xefbfbe+"}           |            | text:{"x":"+0xefbfbe+"}
            7.1.5  | both   | text-:{ close:#1000               | close:#1000 | close:#1000
            7.3.1  | client | close:                            | close:     | close:
            7.3.2  | both   | close:a                           | fail:1002  | close:#1002
            7.3.5  | both   | close:#1000+x*123                 | close:#1000 | close:#1000
            7.3.6  | both   | close:#1000+x*124                 | fail:1002  | close:#1002
            7.5.1  | both   | close:#1000+0xeda080              | fail:1007  | close:#1007
            7.7.6  | both   | close:#1008                       | close:#1008 | close:#1008
            7.7.10 | both   | close:#3000                       | close:#3000 | close:#3000
            7.7.13 | both   | close:#4999                       | close:#4999 | close:#4999
            7.9.4  | both   | close:#1005                       | fail:1002  | close:#1002
            7.9.9  | both   | close:#2999                       | fail:1002  | close:#1002
            7.13.2 | both   | close:#65535                      | fail:1002  | close:#1002
            10.1.1 | both   | text-:{"x":" cont-:x*1300 cont-:x*1300 cont-:x*1300 cont:"} | | text:{"x":"+x*3900+"}
            11.a   | both   | text!:{}                          | fail:1002  | close:#1002
            11.d   | both   | text/16:{}                        | fail:1002  | close:#1002
            11.g   | both   | text/64:x*65535                   | fail:1002  | close:#1002
            11.i   | both   | text/=8000000000000000:           | fail:1002  | close:#1002
            11.l   | both   | text/=0000000000010001:           | fail:1009  | close:#1009
            """;

    /** A row of the table, for one of the ends. */
    record Row(String name, boolean byClient, List<String> sent, List<String> answers, List<String> others) {
        static Stream<Row> parse(String line) {
            String[] columns = line.split("\\|", -1);
            String from = columns[1].strip();
            return Stream.of(true, false)
                    .filter(byClient -> !from.equals(byClient ? "api" : "client"))
                    .map(byClient -> new Row(
                            columns[0].strip(), byClient, words(columns[2]), words(columns[3]), words(columns[4])));
        }

        private static List<String> words(String column) {
            return Arrays.stream(column.strip().split(" +", -1))
                    .filter(word -> !word.isEmpty())
                    .map(word -> word.replace("fail:", "close:#"))
                    .toList();
        }

        boolean hasNoClose() {
            return answers.stream().noneMatch(word -> word.startsWith("close:"));
        }

        @Override
        public String toString() {
            return name + (byClient ? " client" : " api");
        }
    }

    private RawUpstream api;
    private LudoServer proxy;

    @BeforeAll
    void start() throws IOException {
        api = RawUpstream.unattended();
        proxy = LudoServer.start(
                ProxyTest.config(URI.create("http://127.0.0.1:1/v1")).withSockets(SocketConfig.of(api.uri())));
    }

    @AfterAll
    void stop() throws IOException {
        proxy.close();
        api.close();
    }

    static Stream<Row> rows() {
        return ROWS.lines().flatMap(Row::parse);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void whatOneEndSendsIsAnsweredAndTheOtherEndIsTold(Row row) throws Exception {
        try (Socket client = ByHand.connect(proxy.port(), "ROOM1");
                Socket upstream = api.next().socket) {
            upstream.setSoTimeout(20_000);
            upstream.setTcpNoDelay(true);
            send(client, List.of(JOIN), true);
            assertThat(read(upstream, true), is(FrameNotation.told(JOIN)));

            Socket sender = row.byClient() ? client : upstream;
            Socket other = row.byClient() ? upstream : client;
            send(sender, row.sent(), row.byClient());
            hear(row, sender, row.answers(), !row.byClient());
            hear(row, other, row.others(), row.byClient());
            if (row.hasNoClose()) {
                send(sender, List.of("close:#1000"), row.byClient());
                hear(row, sender, List.of("close:#1000"), !row.byClient());
                hear(row, other, List.of("close:#1000"), row.byClient());
            }
            sender.shutdownOutput();
            send(other, List.of("close:#1000"), !row.byClient());
            other.shutdownOutput();
            assertThat(row.toString(), read(sender, !row.byClient()), is("EOF"));
            assertThat(row.toString(), read(other, row.byClient()), is("EOF"));
        }
    }

    private static void hear(Row row, Socket socket, List<String> words, boolean masked) throws IOException {
        for (String word : words) {
            assertThat(row.toString(), read(socket, masked), is(FrameNotation.told(word)));
        }
    }

    private static String read(Socket socket, boolean masked) throws IOException {
        return FrameNotation.read(socket.getInputStream(), masked);
    }

    private static void send(Socket socket, List<String> words, boolean masked) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        words.forEach(word -> bytes.writeBytes(FrameNotation.bytes(word, masked)));
        socket.getOutputStream().write(bytes.toByteArray());
    }
}
