/** Values of the game and of the wire: immutable records, validated when they are made. */
@NullMarked
package dev.ludo.core.model;

import org.jspecify.annotations.NullMarked;
