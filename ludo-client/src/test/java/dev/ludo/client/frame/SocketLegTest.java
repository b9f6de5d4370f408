package dev.ludo.client.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.client.frame.LegEnd.By;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A leg against a peer that is nothing but bytes on a real socket. */
@Timeout(30)
class SocketLegTest {
    private final RawPeer peer = new RawPeer();

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void whatTheRfcShowsAsExamplesIsRead() {
        peer.serve(Role.SERVER);
        peer.hex("818537fa213d7f9f4d5158"); // "Hello", masked
        assertThat(peer.received(), is("Hello"));
        peer.serve(Role.CLIENT);
        peer.hex("0103" + "48656c" + "8002" + "6c6f"); // "Hel" and "lo"
        assertThat(peer.received(), is("Hello"));
        peer.hex("8905" + "48656c6c6f"); // a ping
        assertThat(peer.readFrame(), is("A Hello"));
    }

    @Test
    void aClientMasksEveryFrameWithAKeyOfItsOwn() {
        peer.serve(Role.CLIENT);
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            peer.leg().send("same".getBytes(UTF_8));
            peer.readFrame();
            keys.add(peer.lastMask());
        }
        assertThat(keys.stream().distinct().count(), is(50L));
    }

    @Test
    void controlFramesMayComeBetweenFragmentsAndACharacterMayBeCutByThem() {
        peer.serve(Role.SERVER);
        byte[] dice = "🎲".getBytes(UTF_8);
        peer.frame(0x01, new byte[] {dice[0], dice[1]});
        peer.frame(0x89, "hi".getBytes(UTF_8));
        peer.frame(0x80, new byte[] {dice[2], dice[3]});
        assertThat(peer.readFrame(), is("A hi"));
        assertThat(peer.received(), is("🎲"));
    }

    @Test
    void fragmentsThatGrowTooLargeTogetherAreTooBig() {
        peer.serve(Role.SERVER);
        peer.frame(0x01, new byte[40_000]);
        peer.frame(0x80, new byte[40_000]);
        assertThat(peer.readFrame(), containsString("8 1009"));
    }

    @Test
    void theCloseIsToldEvenToAPeerThatStillSends() {
        peer.serve(Role.SERVER);
        peer.hex("C18000000000");
        peer.write(new byte[1_000_000]);
        assertThat(peer.readFrame(), is("8 1002 a reserved bit is set"));
    }

    @ParameterizedTest
    @CsvSource({"1000, bye", "4404, no such room", "1013, ''", "3000, ä", "1012, restart"})
    void aPeersCloseIsAnsweredWithItsCodeAndTold(int code, String reason) {
        peer.serve(Role.SERVER);
        peer.frame(0x88, new ClosePayload(code, reason).bytes());
        assertThat(peer.readFrame(), is("8 " + code + " "));
        LegEnd end = peer.end();
        assertThat(end.code(), is(code));
        assertThat(end.reason(), is(reason));
        assertThat(end.by(), is(By.PEER));
        assertThat(peer.readFrame(), is("EOF"));
    }

    @Test
    void aCloseWithoutACodeIs1005() {
        peer.serve(Role.CLIENT);
        peer.hex("8800");
        assertThat(peer.readFrame(), is("8 1005 "));
        peer.finish();
        assertThat(peer.end().code(), is(1005));
    }

    @Test
    void ourCloseComesAfterWhatWasSentAndEndsWithThePeersAnswer() {
        peer.serve(Role.CLIENT);
        peer.leg().send("first".getBytes(UTF_8));
        peer.leg().close(4400, "r".repeat(200) + "é");
        assertThat(peer.leg().send("late".getBytes(UTF_8)), is(SendResult.CLOSED));
        peer.leg().close(1000, "again");
        assertThat(peer.readFrame(), is("1 first"));
        assertThat(peer.readFrame(), is("8 4400 " + "r".repeat(123)));
        peer.frame(0x81, "after the close".getBytes(UTF_8));
        peer.frame(0x88, new ClosePayload(4400, "").bytes());
        peer.finish();
        LegEnd end = peer.end();
        assertThat(end.code(), is(4400));
        assertThat(end.by(), is(By.US));
        assertThat(peer.messages(), is(empty()));
    }

    @Test
    void nothingIsReadAfterWhatBreaksTheProtocol() {
        peer.serve(Role.CLIENT);
        peer.hex("C100" + "810161" + "880203E8"); // a reserved bit, then a text and a close that would be right
        assertThat(peer.readFrame(), is("8 1002 a reserved bit is set"));
        peer.hex("810162");
        peer.finish();
        LegEnd end = peer.end();
        assertThat(end.code(), is(1002));
        assertThat(end.by(), is(By.US));
        assertThat(peer.messages(), is(empty()));
        assertThat(peer.endings(), is(List.of(end)));
    }

    @Test
    void aCloseThatIsFollowedByAnErrorIsOneEnd() {
        peer.serve(Role.CLIENT);
        peer.frame(0x88, new ClosePayload(1001, "restart").bytes());
        peer.hex("C100");
        assertThat(peer.readFrame(), is("8 1001 "));
        peer.reset();
        LegEnd end = peer.end();
        assertThat(end.code(), is(1001));
        assertThat(end.by(), is(By.PEER));
        peer.leg().close(1000, "too late");
        peer.leg().cut(1006, "too late");
        assertThat(peer.endings(), is(List.of(end)));
    }

    @Test
    void framesStayWholeHoweverManySend() throws InterruptedException {
        int senders = 8;
        int each = 100;
        peer.serve(Role.CLIENT);
        for (int i = 0; i < senders; i++) {
            String name = String.valueOf(i);
            Thread.ofVirtual().start(() -> {
                for (int n = 0; n < each; n++) {
                    byte[] text = (name + ' ' + n + ' ' + name.repeat(n * 17)).getBytes(UTF_8);
                    while (peer.leg().send(text) == SendResult.FULL) {
                        Thread.onSpinWait(); // until the peer has read some
                    }
                }
            });
        }
        int[] next = new int[senders];
        for (int i = 0; i < senders * each; i++) {
            String[] parts = peer.readFrame().split(" ", -1);
            int sender = Integer.parseInt(parts[1]);
            int n = next[sender]++;
            assertThat(parts[2], is(String.valueOf(n)));
            assertThat(parts[3], is(parts[1].repeat(n * 17)));
        }
    }

    @Test
    void aCloseWithoutAReasonHasItsCodeAlone() {
        peer.serve(Role.CLIENT);
        assertThrows(NullPointerException.class, () -> peer.leg().close(1000, missing()));
        peer.leg().close(1000, "");
        assertThat(peer.readFrame(), is("8 1000 "));
    }

    @SuppressWarnings("NullAway") // what a caller may give whose compiler does not look
    private static String missing() {
        return null;
    }

    @Test
    void aPingThatIsAnsweredIsTold() throws InterruptedException {
        peer.serve(Role.CLIENT);
        peer.leg().ping();
        assertThat(peer.readFrame(), is("9 ludo"));
        peer.frame(0x8A, "ludo".getBytes(UTF_8));
        assertThat(peer.awaitPong(), is(true));
    }

    @Test
    void aReasonIsNotCutWithinACharacter() {
        byte[] payload = new ClosePayload(1000, "r".repeat(122) + "é").bytes();
        assertThat(new String(payload, 2, payload.length - 2, UTF_8), is("r".repeat(122)));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aPeerThatVanishesEndsTheLeg(Role role) {
        peer.serve(role);
        peer.finish();
        LegEnd fin = peer.end();
        assertThat(fin.code(), is(1006));
        assertThat(fin.by(), is(By.NOBODY));
        peer.serve(role);
        peer.reset();
        assertThat(peer.end().code(), is(1006));
        assertThat(peer.leg().send("x".getBytes(UTF_8)), is(SendResult.CLOSED));
    }

    @Test
    void aPeerThatEndsWithinAFrameEndsTheLeg() {
        peer.serve(Role.CLIENT);
        peer.hex("8105486565");
        peer.finish();
        assertThat(peer.end().code(), is(1006));
    }

    @Test
    void aSilentPeerIsPingedWithin20SecondsAndGivenUpWithin30() {
        peer.serve(Role.CLIENT);
        peer.pass(19_500);
        peer.pass(1);
        assertThat(peer.readFrame(), is("9 ludo"));
        peer.frame(0x8A, "ludo".getBytes(UTF_8));
        peer.frame(0x81, "heard".getBytes(UTF_8));
        assertThat(peer.received(), is("heard"));
        peer.pass(19_501);
        assertThat(peer.readFrame(), is("9 ludo"));
        peer.pass(10_000);
        assertThat(peer.isRunning(), is(true));
        peer.pass(1);
        LegEnd end = peer.end();
        assertThat(end.code(), is(1006));
        assertThat(end.reason(), containsString("ping"));
    }

    @Test
    void aPeerThatDribblesAFrameAndAnswersNoPingIsGivenUp() {
        peer.serve(Role.CLIENT);
        peer.hex("8105");
        peer.pass(19_501);
        assertThat(peer.readFrame(), is("9 ludo"));
        peer.hex("61");
        peer.pass(5_000);
        peer.hex("62");
        peer.pass(5_001);
        assertThat(peer.end().reason(), containsString("ping"));
    }

    @Test
    void aHalfOpenPeerIsFoundWithin30SecondsHoweverTheLooksFall() {
        peer.serve(Role.CLIENT);
        for (long passed = 0; passed < 30_000; passed += LegWatch.PERIOD.toMillis()) {
            peer.pass(LegWatch.PERIOD.toMillis());
        }
        assertThat(peer.end().reason(), containsString("ping"));
    }

    @Test
    void aPeerIsNotCalledSilentWhileTheHandlerKeepsUsFromListening() {
        peer.serve(Role.CLIENT);
        CountDownLatch held = new CountDownLatch(1);
        peer.holdHandlerBy(held);
        peer.frame(0x81, "slow".getBytes(UTF_8));
        assertThat(peer.received(), is("slow"));
        peer.passAtOnce(19_501);
        assertThat(peer.readFrame(), is("9 ludo"));
        peer.frame(0x8A, "ludo".getBytes(UTF_8));
        peer.frame(0x81, "next".getBytes(UTF_8));
        peer.awaitWritten();
        peer.passAtOnce(10_001);
        held.countDown();
        assertThat(peer.received(), is("next"));
        peer.pass(1);
        assertThat(peer.leg().send("still there".getBytes(UTF_8)), is(SendResult.SENT));
        assertThat(peer.readFrame(), is("1 still there"));
    }

    @Test
    void aPeerThatDoesNotAnswerACloseIsGivenUpAfter5Seconds() {
        peer.serve(Role.CLIENT);
        peer.leg().close(1000, "bye");
        assertThat(peer.readFrame(), is("8 1000 bye"));
        peer.pass(3_000);
        peer.leg().close(1000, "again, which gives it no more time");
        peer.pass(2_001);
        assertThat(peer.end().code(), is(1000));
    }

    @Test
    void aPeersCloseCountsAlsoWhenItDoesNotHangUp() {
        peer.serve(Role.CLIENT);
        peer.frame(0x88, new ClosePayload(4401, "who are you").bytes());
        assertThat(peer.readFrame(), is("8 4401 "));
        peer.pass(5_001);
        LegEnd end = peer.end();
        assertThat(end.code(), is(4401));
        assertThat(end.reason(), is("who are you"));
        assertThat(end.by(), is(By.PEER));
    }

    @Test
    void aPeersFaultCountsAlsoWhenItDoesNotAnswerTheClose() {
        peer.serve(Role.SERVER);
        peer.hex("8281000000007f");
        assertThat(peer.readFrame(), is("8 1003 only text is taken here"));
        peer.pass(5_001);
        assertThat(peer.end().code(), is(1003));
    }

    @Test
    void aPeerThatReadsNothingFillsTheQueueIsGivenUpAfter5SecondsAndEndedAfter5More() throws InterruptedException {
        peer.serve(Role.SERVER);
        BlockingQueue<SendResult> results = new LinkedBlockingQueue<>();
        for (int i = 0; i < 2; i++) { // one of them gets stuck in a write, and the other fills the queue
            Thread.ofVirtual().start(() -> results.add(sendUntilRefused(new byte[60_000])));
        }
        assertThat(results.poll(20, TimeUnit.SECONDS), is(SendResult.FULL));
        peer.passUntil(() -> !peer.isRunning(), 5_001);
        LegEnd end = peer.end();
        assertThat(end.code(), is(4410));
        // If its write had just ended it was refused like the other.
        assertThat(results.poll(20, TimeUnit.SECONDS), is(oneOf(SendResult.CLOSED, SendResult.FULL)));
    }

    @Test
    void whoSendsToAPeerThatReadsNothingDoesNotWaitForItWhereAThreadOfTheLegsOwnWrites() throws InterruptedException {
        peer.serve(Role.SERVER);
        peer.leg().writeElsewhere();
        BlockingQueue<SendResult> results = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> results.add(sendUntilRefused(new byte[60_000])));
        SendResult result = null;
        for (int i = 0;
                i < 40 && result == null;
                i++) { // a write is seen to be slow after 100 ms, and is stuck after 5 s
            peer.passAtOnce(101);
            result = results.poll(500, TimeUnit.MILLISECONDS);
        }
        assertThat(result, is(SendResult.FULL));
        assertThat(peer.leg().queueHighWater(), is(17)); // within 1 MiB
        assertThat(peer.endings(), is(empty()));
    }

    @Test
    void whoIsFasterThanTheThreadThatWritesWaitsForRoomInTheQueue() {
        peer.serve(Role.SERVER);
        peer.leg().writeElsewhere();
        int count = 20 * LegLimits.DEFAULT.maxQueuedMessages();
        BlockingQueue<SendResult> results = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> {
            for (int i = 0; i < count; i++) {
                results.add(peer.leg().send(String.valueOf(i).getBytes(UTF_8)));
            }
        });
        for (int i = 0; i < count; i++) {
            assertThat(peer.readFrame(), is("1 " + i));
        }
        assertThat(List.copyOf(results), everyItem(is(SendResult.SENT)));
    }

    @Test
    void aPeerThatReadsAgainAfterItWasGivenUpFindsOutWhy() throws InterruptedException {
        peer.serve(Role.SERVER);
        BlockingQueue<SendResult> results = new LinkedBlockingQueue<>();
        for (int i = 0; i < 2; i++) {
            Thread.ofVirtual().start(() -> results.add(sendUntilRefused(new byte[60_000])));
        }
        assertThat(results.poll(20, TimeUnit.SECONDS), is(SendResult.FULL));
        peer.passUntil(() -> !peer.endings().isEmpty(), 5_001);
        String frame = peer.readFrame();
        while (frame.startsWith("1 ")) {
            frame = peer.readFrame();
        }
        assertThat(frame, is("8 4410 reads too slowly"));
    }

    @Test
    void aPeerThatPingsAndDoesNotReadGetsTheNewestPongsAlone() throws InterruptedException {
        peer.serve(Role.SERVER);
        BlockingQueue<SendResult> results = new LinkedBlockingQueue<>();
        for (int i = 0; i < 2; i++) {
            Thread.ofVirtual().start(() -> results.add(sendUntilRefused(new byte[60_000])));
        }
        assertThat(results.poll(20, TimeUnit.SECONDS), is(SendResult.FULL));
        fillAllBuffers();
        for (int i = 0; i < 1_000; i++) {
            peer.frame(0x89, String.valueOf(i).getBytes(UTF_8));
        }
        peer.awaitDealtWith();
        peer.frame(0x88, new byte[0]);
        List<String> pongs = new ArrayList<>();
        String frame = peer.readFrame();
        while (!frame.startsWith("8 ")) {
            if (frame.startsWith("A ")) {
                pongs.add(frame);
            }
            frame = peer.readFrame();
        }
        assertThat(pongs, hasSize(16));
        assertThat(pongs.getLast(), is("A 999"));
    }

    // The queue may be full before the buffers behind it are: until nothing is taken any more, however long one waits.
    private void fillAllBuffers() {
        for (int refused = 0; refused < 100_000; refused++) {
            if (peer.leg().post(new byte[100]) == SendResult.SENT) { // sending might wait for a peer that never reads
                refused = 0;
            }
            Thread.onSpinWait();
        }
    }

    private SendResult sendUntilRefused(byte[] message) {
        SendResult result = SendResult.SENT;
        while (result == SendResult.SENT) {
            result = peer.leg().send(message);
        }
        return result;
    }

    @Test
    void whatHasComeIsGivenBeforeTheLegPausesAlsoWithinAFrame() {
        peer.serve(Role.CLIENT);
        peer.hex("810161"); // "a"
        assertThat(peer.received(), is("a"));
        peer.hex("810162" + "810163" + "810264"); // "b", "c" and a half of "de", in one piece
        for (String step : List.of("a", "pause", "b", "c", "pause")) {
            assertThat(peer.step(), is(step));
        }
        peer.hex("65");
        assertThat(peer.step(), is("de"));
        assertThat(peer.step(), is("pause"));
    }

    @Test
    void whatIsExpectedMustComeInTimeWhateverElseDoes() {
        peer.serve(Role.SERVER);
        peer.leg().expect(Duration.ofSeconds(10), 4408, "too late");
        peer.frame(0x81, "something else".getBytes(UTF_8));
        assertThat(peer.received(), is("something else"));
        peer.pass(10_001);
        assertThat(peer.readFrame(), is("8 4408 too late"));
        peer.serve(Role.SERVER);
        peer.leg().expect(Duration.ofSeconds(10), 4408, "too late");
        peer.frame(0x81, "here".getBytes(UTF_8));
        assertThat(peer.received(), is("here"));
        peer.leg().met();
        peer.pass(10_001);
        assertThat(peer.leg().send("still there".getBytes(UTF_8)), is(SendResult.SENT));
        assertThat(peer.readFrame(), is("1 still there"));
    }

    @Test
    void aHandlerThatThrowsClosesWith1011AndDoesNotTellWhy() {
        peer.serve(Role.SERVER);
        peer.failWith(new IllegalStateException("secret detail"));
        peer.frame(0x81, "x".getBytes(UTF_8));
        String close = peer.readFrame();
        assertThat(close, containsString("8 1011"));
        assertThat(close, not(containsString("secret")));
    }
}
