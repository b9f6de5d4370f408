/** Answers that are kept for a short while, so that many callers make few calls to the API. */
@NullMarked
package dev.ludo.server.cache;

import org.jspecify.annotations.NullMarked;
