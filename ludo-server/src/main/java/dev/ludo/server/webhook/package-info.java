/** Webhooks that the API sends: the secrets that prove them, the subscription that asks for them, and what is taken. */
@NullMarked
package dev.ludo.server.webhook;

import org.jspecify.annotations.NullMarked;
