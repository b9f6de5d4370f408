package dev.ludo.client.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent to a peer that takes its time: who sends is held up once, and then no more. */
@Timeout(60)
class SlowPeerTest {
    private final AtomicLong now = new AtomicLong();
    private final SlowLine line = new SlowLine();
    private final SocketLeg leg = new SocketLeg(
            Role.SERVER,
            new Line(new DataReader(() -> new byte[0]), line, () -> {}),
            LegLimits.DEFAULT,
            now::get,
            message -> {});

    /** A line on which each write waits until it is let through. */
    private static final class SlowLine implements DataWriter {
        final Semaphore letThrough = new Semaphore(0);
        final List<String> begun = new CopyOnWriteArrayList<>();
        final List<String> threads = new CopyOnWriteArrayList<>();

        @Override
        public void writeNow(BufferData buffer) {
            begun.add(new String(buffer.readBytes(), US_ASCII).substring(2));
            threads.add(Thread.currentThread().getName());
            letThrough.acquireUninterruptibly();
        }

        @Override
        public void write(BufferData buffer) {
            writeNow(buffer);
        }

        @Override
        public void write(BufferData... buffers) {
            List.of(buffers).forEach(this::writeNow);
        }

        @Override
        public void writeNow(BufferData... buffers) {
            List.of(buffers).forEach(this::writeNow);
        }
    }

    private SendResult send(int number) {
        return leg.send(Integer.toString(number).getBytes(US_ASCII));
    }

    private static void await(BooleanSupplier condition) {
        long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat("in time", System.nanoTime() < due, is(true));
            Thread.onSpinWait();
        }
    }

    @Test
    void messagesWaitInTheQueueUntilThePeerHasCaughtUp() throws Exception {
        CompletableFuture<SendResult> first = CompletableFuture.supplyAsync(() -> send(0), Thread::startVirtualThread);
        await(() -> line.begun.size() == 1);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(101));
        leg.tick();
        line.letThrough.release();
        assertThat(first.get(20, TimeUnit.SECONDS), is(SendResult.SENT));

        int number = 1;
        while (send(number) == SendResult.SENT) { // one that is being written, and 256 that wait
            number++;
        }
        assertThat(number, is(258));
        assertThat(leg.queueHighWater(), is(256));
        line.letThrough.release(1000);
        await(() -> line.begun.size() == 258);
        for (int i = 0; i < 258; i++) {
            assertThat(line.begun.get(i), is(Integer.toString(i)));
        }
        await(() -> !leg.isWriting());

        String me = Thread.currentThread().getName();
        assertThat(send(258), is(SendResult.SENT));
        assertThat(line.threads.getLast(), is(me));
        assertThat(line.threads, hasItem("ludo-leg-writer"));
    }
}
