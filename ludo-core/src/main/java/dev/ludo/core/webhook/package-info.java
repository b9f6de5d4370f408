/** Webhooks: what they tell, and the Standard Webhooks signature that shows who tells it. */
@NullMarked
package dev.ludo.core.webhook;

import org.jspecify.annotations.NullMarked;
