package dev.ludo.client.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Masks payloads, and unmasks them, which is the same (RFC 6455, section 5.3). The keys must be unpredictable for whoever
 * chooses the payload, so they come from a strong source, many at a time.
 */
final class Masking {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final byte[] KEYS = new byte[4096];
    private static int next = KEYS.length;

    private Masking() {}

    static int freshKey() {
        LOCK.lock();
        try {
            if (next == KEYS.length) {
                RANDOM.nextBytes(KEYS);
                next = 0;
            }
            int at = next;
            next += 4;
            return (int) INT.get(KEYS, at);
        } finally {
            LOCK.unlock();
        }
    }

    static void apply(int key, byte[] bytes, int from, int length) {
        long twice = ((long) key << 32) | (key & 0xFFFFFFFFL);
        int end = from + length;
        int i = from;
        for (; i + 8 <= end; i += 8) {
            LONG.set(bytes, i, (long) LONG.get(bytes, i) ^ twice);
        }
        for (int shift = 56; i < end; i++, shift -= 8) {
            bytes[i] ^= (byte) (twice >>> shift);
        }
    }
}
