package dev.ludo.client.frame;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ludo.client.frame.LegEnd.By;
import io.helidon.common.buffers.DataReader;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Frames drawn by luck, most of them right, in chunks of any size: a leg says to them what {@link Verdict} says. The seed is
 * {@code -Dludo.seed}, or printed on failure.
 */
@Timeout(120)
class RandomFramesTest {
    private static final int FRAMES = Boolean.getBoolean("ludo.soak") ? 10_000 : 1_000;
    private static final List<String> TEXTS =
            List.of("", "Hello", "0xf09f8eb2", "x*125", "x*126", "0xc3a4*100", "x*3000");
    private static final List<String> BROKEN = List.of("0xff", "0xc080", "0xeda080", "0x8eb2", "x*20+0xc3");
    private static final List<String> CLOSES =
            List.of("", "#1000", "#1000+bye", "#4404+0xc3a4", "#1006", "#999", "1", "#1001+0xff", "#1000+x*124");
    private static final List<String> SIGNS =
            List.of("~1", "~4", "!", "/16", "/64", "/=0000000000010001", "/=8000000000000000", "/=7FFFFFFFFFFFFFFF");
    private static final List<Integer> CHUNKS = List.of(1, 2, 3, 7, 100, 8192);

    private final long seed = Long.getLong("ludo.seed", 6455);
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Map<By, Integer> ends = new EnumMap<>(By.class);
    private boolean fragments;
    private boolean halved;

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyStreamIsAnsweredAndEndsAsItMust(Role role) {
        boolean masked = role == Role.SERVER;
        int frames = 0;
        while (frames < FRAMES) {
            fragments = false;
            int count = 1 + random.nextInt(20);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < count; i++) {
                out.writeBytes(FrameNotation.bytes(word(), masked));
            }
            frames += count;
            byte[] stream = spoilt(out.toByteArray());
            try {
                hold(role, stream, Verdict.of(stream, masked));
            } catch (AssertionError e) {
                fail("seed " + seed + ", as a " + role + ": " + HexFormat.of().formatHex(stream), e);
            }
        }
        for (By by : By.values()) {
            assertThat("ends by " + by, ends.getOrDefault(by, 0), is(greaterThan(FRAMES / 200)));
        }
    }

    private String word() {
        int luck = random.nextInt(100);
        String sign = oneIn(60) ? oneOf(SIGNS) : "";
        if (luck < 3) {
            return "close" + sign + ':' + oneOf(CLOSES);
        }
        if (luck < 30) {
            return oneOf(List.of("ping", "pong")) + sign + ':' + oneOf(List.of("", "Hello", "0xff*125"));
        }
        if (luck < 32) {
            return oneOf(List.of("op3", "op7", "op11", "op15", "bin", "ping-", "cont", "text")) + sign + ':';
        }
        String opcode = fragments ? "cont" : "text";
        fragments = oneIn(3);
        return opcode + (fragments ? "-" : "") + sign + ':' + text();
    }

    // Now and then a character is cut by the end of a fragment.
    private String text() {
        if (halved) {
            halved = false;
            return "0x8eb2";
        }
        if (fragments && oneIn(3)) {
            halved = true;
            return "0xf09f";
        }
        return oneOf(oneIn(40) ? BROKEN : TEXTS);
    }

    private byte[] spoilt(byte[] stream) {
        if (oneIn(10)) {
            stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return oneIn(10) ? Arrays.copyOf(stream, random.nextInt(stream.length)) : stream;
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void hold(Role role, byte[] stream, Verdict verdict) {
        ends.merge(verdict.by(), 1, Integer::sum);
        try (EchoLeg leg = new EchoLeg(role, oneOf(CHUNKS), false)) {
            leg.write(verdict.by() == By.PEER ? Arrays.copyOf(stream, verdict.consumed()) : stream);
            if (verdict.code() == Verdict.CUT_OFF) {
                leg.finish();
                holdToCutOff(leg, verdict);
                return;
            }
            boolean open = verdict.code() == Verdict.OPEN;
            int code = open ? 1000 : verdict.code();
            if (open) {
                leg.write(FrameNotation.bytes("close:#1000", role == Role.SERVER));
            }
            for (String answer : verdict.answers()) {
                assertThat(leg.read(), is(answer));
            }
            assertThat(leg.read(), is(FrameNotation.told(code == 1005 ? "close:" : "close:#" + code)));
            if (role == Role.CLIENT || verdict.by() == By.US) {
                leg.finish();
            }
            assertThat(leg.read(), is("EOF"));
            assertThat(leg.end().code(), is(code));
            assertThat(leg.end().by(), is(open ? By.PEER : verdict.by()));
        }
    }

    // Who hangs up does not hear all of the answers.
    private static void holdToCutOff(EchoLeg leg, Verdict verdict) {
        Iterator<String> answers = verdict.answers().iterator();
        for (String told = leg.read(); !told.equals("EOF"); told = leg.read()) {
            assertThat(told, is(answers.next()));
        }
        assertThat(leg.end().code(), is(1006));
        assertThat(leg.end().by(), is(By.NOBODY));
        assertThat(
                leg.end().cause().orElseThrow(), is(instanceOf(DataReader.InsufficientDataAvailableException.class)));
    }
}
