/**
 * The client of a Ludo API. {@link dev.ludo.client.LudoClient} is the way in.
 */
@NullMarked
package dev.ludo.client;

import org.jspecify.annotations.NullMarked;
