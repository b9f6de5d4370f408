/** Webhooks that the API sends: what is taken, and the journal that keeps it until somebody has acted on it. */
@NullMarked
package dev.ludo.server.webhook;

import org.jspecify.annotations.NullMarked;
