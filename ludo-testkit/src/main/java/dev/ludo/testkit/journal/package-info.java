/**
 * What was asked of a fake and what it answered. Start with {@link dev.ludo.testkit.journal.Journal}.
 */
@NullMarked
package dev.ludo.testkit.journal;

import org.jspecify.annotations.NullMarked;
