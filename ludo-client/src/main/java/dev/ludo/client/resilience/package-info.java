/**
 * When to try again, when to stop asking, and how much to do at once: policies without threads or sockets of their own. Time,
 * randomness and sleeping are handed in, so that each of them can be tested, and used elsewhere, without waiting.
 */
@NullMarked
package dev.ludo.client.resilience;

import org.jspecify.annotations.NullMarked;
