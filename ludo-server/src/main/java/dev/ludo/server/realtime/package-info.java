/** The relay: a browser's socket on one side, the API's on the other. */
@NullMarked
package dev.ludo.server.realtime;

import org.jspecify.annotations.NullMarked;
