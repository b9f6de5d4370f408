/** The REST routes: what is asked is validated here, passed upstream, and every failure becomes an answer. */
@NullMarked
package dev.ludo.server.api;

import org.jspecify.annotations.NullMarked;
