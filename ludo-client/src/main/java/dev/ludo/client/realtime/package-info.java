/**
 * Rooms in real time, over a socket. {@link dev.ludo.client.realtime.RoomConnection} is the class to use;
 * {@link dev.ludo.client.LudoClient} makes it.
 */
@NullMarked
package dev.ludo.client.realtime;

import org.jspecify.annotations.NullMarked;
