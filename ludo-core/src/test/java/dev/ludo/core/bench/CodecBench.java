package dev.ludo.core.bench;

import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.BareYasson;
import dev.ludo.core.json.MessageCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Messages from bytes and to text, each beside the binding library alone doing the same record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBench {
    /** What is read and written. */
    @Param
    public Sample sample;

    private byte[] bytes = {};
    private Class<?> type = Object.class;
    private Object record = "";
    private RoomMessage message = Sample.DICE_ROLLED.message();

    /** Makes the message in all its forms. */
    @Setup
    public void prepare() {
        bytes = sample.bytes();
        message = sample.message();
        record = message.event() instanceof dev.ludo.core.event.RoomEvent.StateReport report
                ? report.state()
                : message.event();
        type = record.getClass();
    }

    /** Ours: with type, number, time and all bounds. */
    @Benchmark
    public RoomMessage read() {
        return MessageCodec.read(bytes, "e1");
    }

    /** The two steps for the record in {@code data} alone. */
    @Benchmark
    public Object readBare() {
        return BareYasson.readData(bytes, type);
    }

    /** Ours: with type, number and time. */
    @Benchmark
    public String write() {
        return MessageCodec.write(message);
    }

    /** The record alone. */
    @Benchmark
    public String writeBare() {
        return BareYasson.write(record);
    }
}
