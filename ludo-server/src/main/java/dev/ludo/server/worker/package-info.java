/** What is done with the webhooks that were accepted: finished games are kept, and events are passed on. */
@NullMarked
package dev.ludo.server.worker;

import org.jspecify.annotations.NullMarked;
