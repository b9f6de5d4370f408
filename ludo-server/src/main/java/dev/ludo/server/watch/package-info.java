/** Rooms that are watched: a hub for each, which many spectators hear and which has one connection to the API. */
@NullMarked
package dev.ludo.server.watch;

import org.jspecify.annotations.NullMarked;
