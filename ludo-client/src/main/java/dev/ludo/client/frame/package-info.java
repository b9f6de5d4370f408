/**
 * One end of a WebSocket connection at the level of frames (RFC 6455), for either role. Everything that can go wrong on a
 * socket is met here once; {@link dev.ludo.client.frame.SocketLeg} is the class to use. Exported to the proxy only.
 */
@NullMarked
package dev.ludo.client.frame;

import org.jspecify.annotations.NullMarked;
