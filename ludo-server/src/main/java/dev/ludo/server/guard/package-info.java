/** What stands before the routes: who calls, and under which request id. */
@NullMarked
package dev.ludo.server.guard;

import org.jspecify.annotations.NullMarked;
