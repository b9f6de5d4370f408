package dev.ludo.core.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What calls have taken of the processor and of the heap. Other load on the machine stretches the clock's time several times
 * over and this one little, and what is compared takes turns, so that both meet the same load.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Spent {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** How many calls were made of each kind. */
    public long calls;

    /** What ours took of the processor, in nanoseconds. */
    public long nanos;

    /** What ours took of the heap. */
    public long bytes;

    /** What those took that ours are compared with. */
    public long bareNanos;

    /** What those took of the heap. */
    public long bareBytes;

    void ours(int times, Runnable call) {
        long byte0 = THREADS.getCurrentThreadAllocatedBytes();
        long nano0 = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            call.run();
        }
        nanos += THREADS.getCurrentThreadCpuTime() - nano0;
        bytes += THREADS.getCurrentThreadAllocatedBytes() - byte0;
        calls += times;
    }

    void bare(int times, Runnable call) {
        long byte0 = THREADS.getCurrentThreadAllocatedBytes();
        long nano0 = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            call.run();
        }
        bareNanos += THREADS.getCurrentThreadCpuTime() - nano0;
        bareBytes += THREADS.getCurrentThreadAllocatedBytes() - byte0;
    }
}
