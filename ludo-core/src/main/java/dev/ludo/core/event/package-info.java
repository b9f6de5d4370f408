/** What happens in a room, as sealed types. */
@NullMarked
package dev.ludo.core.event;

import org.jspecify.annotations.NullMarked;
