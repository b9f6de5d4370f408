/** The journal that keeps webhooks until everybody who acts on them has: it is written by one process and read by several. */
@NullMarked
package dev.ludo.server.inbox;

import org.jspecify.annotations.NullMarked;
