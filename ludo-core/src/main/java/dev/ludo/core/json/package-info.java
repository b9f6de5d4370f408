/** The wire format: JSON from outside is read under bounds, JSON to the outside is written by one codec. */
@NullMarked
package dev.ludo.core.json;

import org.jspecify.annotations.NullMarked;
