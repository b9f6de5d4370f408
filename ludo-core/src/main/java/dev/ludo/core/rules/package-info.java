/** The rules of the game as pure functions over immutable values. */
@NullMarked
package dev.ludo.core.rules;

import org.jspecify.annotations.NullMarked;
