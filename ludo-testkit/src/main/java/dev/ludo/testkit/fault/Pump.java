package dev.ludo.testkit.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Carries the bytes of one connection one way, as the faults that it was given allow. One thread runs it. */
final class Pump {
    private static final int BUFFER = 8192;

    /** A throttled line passes this many pieces a second. */
    private static final int PIECES_PER_SECOND = 50;

    private enum Gate {
        OPEN,
        STALLED,
        SWALLOWING
    }

    /** What is to be done about the next bytes: pass so many, or, if none, throw all away. */
    private record Step(int pass, long waitNanos) {}

    private final Socket from;
    private final Socket to;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Gate gate = Gate.OPEN;
    private Optional<LineFault> then = Optional.empty();
    private long left;
    private long delayNanos;
    private long bytesPerSecond;
    private long healed;
    private long passed;
    private boolean over;

    Pump(Socket from, Socket to) {
        this.from = from;
        this.to = to;
    }

    /** Takes a fault on; gives it back if it is one that ends the connection, and now. */
    Optional<LineFault> add(LineFault fault) {
        lock.lock();
        try {
            switch (fault) {
                case LineFault.Delay delay -> delayNanos = delay.by().toNanos();
                case LineFault.Bandwidth bandwidth -> bytesPerSecond = bandwidth.bytesPerSecond();
                case LineFault.Reset reset -> plan(fault, reset.afterBytes());
                case LineFault.Finish finish -> plan(fault, finish.afterBytes());
                case LineFault.Stall stall -> plan(fault, stall.afterBytes());
                case LineFault.BlackHole hole -> plan(fault, hole.afterBytes());
            }
            return due();
        } finally {
            lock.unlock();
        }
    }

    private void plan(LineFault fault, long afterBytes) {
        then = Optional.of(fault);
        left = afterBytes;
        gate = Gate.OPEN;
        changed.signalAll();
    }

    /** Shuts the gate if its time has come; gives the fault back if it is the connection's end. */
    private Optional<LineFault> due() {
        if (left > 0 || then.isEmpty()) {
            return Optional.empty();
        }
        LineFault fault = then.get();
        then = Optional.empty();
        gate = fault instanceof LineFault.Stall ? Gate.STALLED : Gate.SWALLOWING;
        changed.signalAll();
        return Optional.of(fault).filter(f -> f instanceof LineFault.Reset || f instanceof LineFault.Finish);
    }

    void heal() {
        lock.lock();
        try {
            gate = Gate.OPEN;
            then = Optional.empty();
            delayNanos = 0;
            bytesPerSecond = 0;
            healed++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The connection ends: nothing is passed on and nobody waits any more; what still comes is thrown away. */
    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long passed() {
        lock.lock();
        try {
            return passed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Carries until the sender's end, and passes that on too.
     *
     * @return the fault by which both sides are to end now, if it was one
     * @throws IOException if a side has broken off
     */
    Optional<LineFault> run() throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        OutputStream out = to.getOutputStream();
        for (int n = from.getInputStream().read(buffer);
                n >= 0;
                n = from.getInputStream().read(buffer)) {
            Optional<LineFault> end = forward(buffer, n, out);
            if (end.isPresent()) {
                return end;
            }
        }
        if (awaitOpen()) {
            to.shutdownOutput();
        }
        return Optional.empty();
    }

    private Optional<LineFault> forward(byte[] buffer, int n, OutputStream out)
            throws IOException, InterruptedException {
        pause(delay());
        int at = 0;
        while (at < n) {
            Step step = next(n - at);
            if (step.pass == 0) {
                return Optional.empty();
            }
            pause(step.waitNanos);
            if (!write(buffer, at, step.pass, out)) {
                return Optional.empty();
            }
            at += step.pass;
            Optional<LineFault> end = count(step.pass);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    private boolean write(byte[] buffer, int at, int bytes, OutputStream out) throws IOException {
        try {
            out.write(buffer, at, bytes);
            return true;
        } catch (IOException e) {
            if (isOver()) {
                return false; // that side was told goodbye meanwhile
            }
            throw e;
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    private long delay() {
        lock.lock();
        try {
            return delayNanos;
        } finally {
            lock.unlock();
        }
    }

    private Step next(int most) throws InterruptedException {
        lock.lock();
        try {
            while (gate == Gate.STALLED && !over) {
                changed.await();
            }
            if (gate == Gate.SWALLOWING || over) {
                return new Step(0, 0);
            }
            long pass = then.isPresent() ? Math.min(most, left) : most;
            if (bytesPerSecond == 0) {
                return new Step((int) pass, 0);
            }
            pass = Math.min(pass, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
            return new Step((int) pass, TimeUnit.SECONDS.toNanos(pass) / bytesPerSecond);
        } finally {
            lock.unlock();
        }
    }

    /** Waits, unless the line is healed or ends meanwhile. */
    private void pause(long nanos) throws InterruptedException {
        if (nanos == 0) {
            return;
        }
        lock.lock();
        try {
            long before = healed;
            long wait = nanos;
            while (wait > 0 && before == healed && !over) {
                wait = changed.awaitNanos(wait);
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<LineFault> count(int bytes) {
        lock.lock();
        try {
            passed += bytes;
            left = Math.max(0, left - bytes);
            return due();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something may pass; says whether the connection still lives then. */
    boolean awaitOpen() throws InterruptedException {
        lock.lock();
        try {
            while (gate != Gate.OPEN && !over) {
                changed.await();
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }
}
