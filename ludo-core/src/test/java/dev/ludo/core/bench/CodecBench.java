package dev.ludo.core.bench;

import dev.ludo.core.event.RoomEvent.StateReport;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.BareYasson;
import dev.ludo.core.json.MessageCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Messages from bytes and to text, in turns with the binding library alone doing the same record. */
@State(Scope.Thread)
public class CodecBench {
    private static final int TURN = 200;

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
        record = message.event() instanceof StateReport report ? report.state() : message.event();
        type = record.getClass();
    }

    /** Ours with type, number, time and all bounds; the two steps for the record in {@code data} alone. */
    @Benchmark
    public void read(Spent spent, Blackhole hole) {
        spent.ours(TURN, () -> hole.consume(MessageCodec.read(bytes, "e1")));
        spent.bare(TURN, () -> hole.consume(BareYasson.readData(bytes, type)));
    }

    /** Ours with type, number and time; the record alone. */
    @Benchmark
    public void write(Spent spent, Blackhole hole) {
        spent.ours(TURN, () -> hole.consume(MessageCodec.write(message)));
        spent.bare(TURN, () -> hole.consume(BareYasson.write(record)));
    }
}
