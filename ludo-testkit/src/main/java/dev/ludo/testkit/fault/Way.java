package dev.ludo.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One way of a connection: carries its bytes as the faults allow that it was given. One thread runs it. */
final class Way {
    private static final int BUFFER = 8192;

    /** A throttled line passes this many pieces a second. */
    private static final int PIECES_PER_SECOND = 50;

    private final Socket from;
    private final Socket to;
    private final Consumer<LineFault> onDue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<LineFault> cut = Optional.empty();
    private long untilCut;

    /** A black hole has swallowed something. What came after that would be another text, as TCP never carries one. */
    private boolean torn;

    private long delayNanos;
    private long bytesPerSecond;
    private long healed;
    private long passed;
    private boolean over;

    /** Leads from one socket to another. A reset or finish is told when it is due, and may be told twice. */
    Way(Socket from, Socket to, Consumer<LineFault> onDue) {
        this.from = from;
        this.to = to;
        this.onDue = onDue;
    }

    void add(LineFault fault) {
        change(() -> {
            switch (fault) {
                case LineFault.Delay delay -> delayNanos = delay.by().toNanos();
                case LineFault.Bandwidth bandwidth -> bytesPerSecond = bandwidth.bytesPerSecond();
                case LineFault.Reset reset -> cut(fault, reset.afterBytes());
                case LineFault.Finish finish -> cut(fault, finish.afterBytes());
                case LineFault.Stall stall -> cut(fault, stall.afterBytes());
                case LineFault.BlackHole hole -> cut(fault, hole.afterBytes());
            }
        });
    }

    private void cut(LineFault fault, long afterBytes) {
        cut = Optional.of(fault);
        untilCut = afterBytes;
    }

    void heal() {
        change(() -> {
            cut = Optional.empty();
            torn = false;
            delayNanos = 0;
            bytesPerSecond = 0;
            healed++;
        });
    }

    /** Nothing is passed on and nobody waits any more; what still comes is thrown away. */
    void end() {
        change(() -> over = true);
    }

    private void change(Runnable step) {
        Optional<LineFault> due;
        lock.lock();
        try {
            step.run();
            changed.signalAll();
            due = isCut() && !over ? cut : Optional.empty();
        } finally {
            lock.unlock();
        }
        due.filter(fault -> fault instanceof LineFault.Reset || fault instanceof LineFault.Finish)
                .ifPresent(onDue);
    }

    private boolean isCut() {
        return cut.isPresent() && untilCut == 0;
    }

    long passed() {
        lock.lock();
        try {
            return passed;
        } finally {
            lock.unlock();
        }
    }

    /** Carries until the sender's end, and passes that on too. */
    void carry() throws IOException, InterruptedException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            forward(buffer, n);
        }
        if (awaitOpen()) {
            to.shutdownOutput();
        }
    }

    private void forward(byte[] buffer, int n) throws IOException, InterruptedException {
        int at = 0;
        while (at < n) {
            int pass = next(n - at, at == 0);
            if (pass == 0) {
                swallow(n - at);
                return;
            }
            try {
                to.getOutputStream().write(buffer, at, pass);
            } catch (IOException e) {
                if (awaitOpen()) {
                    throw e;
                }
                return; // that side was told goodbye meanwhile
            }
            at += pass;
            change(() -> {
                passed += pass;
                untilCut = Math.max(0, untilCut - pass);
            });
        }
    }

    // What is to happen after so many bytes happens though they go nowhere.
    private void swallow(int bytes) {
        change(() -> {
            torn |= !over;
            untilCut = Math.max(0, untilCut - bytes);
        });
    }

    /** How many of the next bytes may pass, once they may; 0 when all are to be thrown away. */
    private int next(int most, boolean first) throws InterruptedException {
        lock.lock();
        try {
            pause(first ? delayNanos : 0);
            long piece = most;
            if (bytesPerSecond > 0) {
                piece = Math.min(most, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
                pause(TimeUnit.SECONDS.toNanos(piece) / bytesPerSecond);
            }
            while (isCut() && cut.get() instanceof LineFault.Stall && !over) {
                changed.await();
            }
            return over || torn || isCut() ? 0 : (int) (cut.isPresent() ? Math.min(piece, untilCut) : piece);
        } finally {
            lock.unlock();
        }
    }

    /** Waits, unless the line is healed or ends meanwhile. */
    private void pause(long nanos) throws InterruptedException {
        long before = healed;
        long wait = nanos;
        while (wait > 0 && before == healed && !over) {
            wait = changed.awaitNanos(wait);
        }
    }

    /** Waits until something may pass; says whether the connection still lives then. */
    boolean awaitOpen() {
        lock.lock();
        try {
            while (isCut() && !over) {
                changed.awaitUninterruptibly();
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }
}
