/** Policies of those who try again: how long to wait, and how to. Time, randomness and sleeping are handed in. */
@NullMarked
package dev.ludo.client.resilience;

import org.jspecify.annotations.NullMarked;
