package dev.ludo.client.frame;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;

/**
 * An upgraded connection, from whichever side it was upgraded.
 *
 * @param reader what comes in
 * @param writer what goes out
 * @param cut ends the connection at once; may be called at any time, from any thread, and more than once
 */
public record Line(DataReader reader, DataWriter writer, Runnable cut) {}
