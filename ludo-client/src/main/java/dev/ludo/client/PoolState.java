package dev.ludo.client;

/**
 * How busy a client is at one moment.
 *
 * @param open how many connections are open, in use or idle
 * @param idle how many of them nobody uses
 * @param calls how many calls have a place in the bulkhead
 * @param waiting about how many wait for one
 */
public record PoolState(int open, int idle, int calls, int waiting) {}
