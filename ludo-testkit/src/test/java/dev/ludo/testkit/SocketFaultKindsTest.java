package dev.ludo.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.LudoJson;
import dev.ludo.core.model.Room;
import dev.ludo.testkit.fault.Direction;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.fault.MessageFault;
import dev.ludo.testkit.fault.Stage;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of fault of messages, at every stage, both ways, as a peer sees it that reads each frame. */
class SocketFaultKindsTest extends WithFake {
    private static final Map<String, Fault> FAULTS = Stream.of(
                    Fault.delay(Duration.ofMillis(1)),
                    Fault.slowBody(100_000),
                    Fault.truncate(5),
                    Fault.garble(),
                    Fault.malformed(),
                    Fault.oversize(),
                    Fault.duplicate(),
                    Fault.reorder(),
                    Fault.skip(),
                    Fault.close(4001, "so"),
                    Fault.drop(),
                    Fault.abort(),
                    Fault.reset(),
                    Fault.stall())
            .collect(Collectors.toMap(Fault::kind, Function.identity()));

    /**
     * Way, stage and kind, and what the peer sees that pings as {@code a}, where the fault strikes the ping or its pong, and
     * then as {@code z}: pongs, an error, what is no JSON, what is too big, and the end.
     */
    private static final String EXPECTED = """
            out before delay      : a z
            out before slow-body  : a z
            out before truncate   : end
            out before garble     : garbage z
            out before malformed  : garbage z
            out before oversize   : big z
            out before duplicate  : a a z
            out before reorder    : z a
            out before skip       : z
            out before close      : 4001
            out before drop       : end
            out before abort      : end
            out before reset      : reset
            out before stall      : silence
            out after  delay      : a z
            out after  slow-body  : a z
            out after  truncate   : end
            out after  garble     : garbage z
            out after  malformed  : garbage z
            out after  oversize   : big z
            out after  duplicate  : a a z
            out after  reorder    : z a
            out after  skip       : z
            out after  close      : a 4001
            out after  drop       : a end
            out after  abort      : a end
            out after  reset      : a reset
            out after  stall      : a silence
            out stream delay      : a z
            out stream slow-body  : a z
            out stream truncate   : end
            out stream garble     : garbage z
            out stream malformed  : garbage z
            out stream oversize   : big z
            out stream duplicate  : a a z
            out stream reorder    : z a
            out stream skip       : z
            out stream close      : 4001
            out stream drop       : end
            out stream abort      : end
            out stream reset      : reset
            out stream stall      : silence
            in before delay       : a z
            in before garble      : error 4400
            in before malformed   : error 4400
            in before oversize    : 1009
            in before duplicate   : a a z
            in before reorder     : z a
            in before skip        : z
            in before close       : 4001
            in before drop        : end
            in before abort       : end
            in before reset       : reset
            in before stall       : silence
            in after delay        : a z
            in after garble       : garbage z
            in after malformed    : garbage z
            in after oversize     : big z
            in after duplicate    : a a z
            in after reorder      : z a
            in after skip         : z
            in after close        : 4001
            in after drop         : end
            in after abort        : end
            in after reset        : reset
            in after stall        : silence
            """;

    /** Peers that never end their connections are not waited for long. */
    @Override
    FakeLudoBuilder setup() {
        return super.setup().linger(Duration.ofMillis(50));
    }

    static Stream<String> expected() {
        return EXPECTED.lines().map(line -> line.replaceAll(" +", " "));
    }

    @ParameterizedTest
    @MethodSource("expected")
    void thePeerSeesWhatTheFaultIs(String line) throws Exception {
        String[] halves = line.split(" : ", -1);
        String[] words = halves[0].split(" ", -1);
        boolean in = words[0].equals("in");
        boolean silent = halves[1].endsWith("silence");
        Room room = ludo.openRoom();
        FaultMatch match = in ? FaultMatch.message("ping") : FaultMatch.message("pong");
        Stage stage = Stage.valueOf(words[1].toUpperCase(Locale.ROOT));
        String id = ludo.faults()
                .add(new FaultRule(
                        match, stage, Objects.requireNonNull(FAULTS.get(words[2])), 1, 0, 1, OptionalLong.empty()))
                .id();
        try (FramePeer peer = new FramePeer(ludo, 0)) {
            peer.text("{\"type\":\"room:watch\",\"roomCode\":\"" + room.code() + "\"}");
            peer.read();
            peer.text("{\"type\":\"ping\",\"requestId\":\"a\"}");
            ludo.journal().await(entry -> entry.faultId().stream().anyMatch(id::equals), SOON);
            List<String> seen = new ArrayList<>();
            int wanted = halves[1].split(" ", -1).length;
            if (halves[1].contains("z")) {
                peer.text("{\"type\":\"ping\",\"requestId\":\"z\"}");
            }
            while (seen.size() < wanted) {
                peer.socket.setSoTimeout(silent && seen.size() == wanted - 1 ? 50 : 20_000);
                seen.add(next(peer));
            }
            assertThat(String.join(" ", seen), is(halves[1]));
            if (halves[1].contains("z")) {
                peer.text("{\"type\":\"ping\",\"requestId\":\"last\"}");
                assertThat("nothing else comes", next(peer), is("last"));
            }
        }
    }

    private static String next(FramePeer peer) throws IOException {
        try {
            FramePeer.Frame frame = peer.read();
            if (frame.first() == FramePeer.CLOSE) {
                return Integer.toString(frame.code());
            }
            if (frame.payload().length > 64 * 1024) {
                return "big";
            }
            return pong(frame.text());
        } catch (EOFException e) {
            return "end";
        } catch (SocketTimeoutException e) {
            return "silence";
        } catch (SocketException e) {
            return "reset";
        }
    }

    private static String pong(String text) {
        try {
            return LudoJson.parseObject(text.getBytes(StandardCharsets.UTF_8))
                    .getJsonObject("data")
                    .getString("requestId", "error");
        } catch (MalformedJsonException e) {
            return "garbage";
        }
    }

    @Test
    void noKindIsForgotten() {
        Set<String> wanted = new TreeSet<>();
        for (Fault fault : FAULTS.values()) {
            for (Direction way : Direction.values()) {
                for (Stage stage : Stage.values()) {
                    if (fault.isForMessages(way) && (way == Direction.OUT || stage != Stage.STREAM)) {
                        wanted.add((way + " " + stage + ' ' + fault.kind()).toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        assertThat(
                expected().map(line -> line.split(" : ", -1)[0]).collect(Collectors.toCollection(TreeSet::new)),
                is(wanted));
        Set<String> records = Stream.of(Fault.class, MessageFault.class)
                .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                .filter(Class::isRecord)
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        records.removeAll(Set.of("Status", "NoPong")); // for calls, and for frames that are no messages
        assertThat(
                FAULTS.values().stream()
                        .map(fault -> fault.getClass().getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new)),
                is(records));
    }
}
