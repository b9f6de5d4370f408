/** What can go wrong, as one unchecked root with few children. */
@NullMarked
package dev.ludo.core.error;

import org.jspecify.annotations.NullMarked;
