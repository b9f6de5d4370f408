/** A Ludo API to test against. Start with {@link dev.ludo.testkit.FakeLudo}. */
@NullMarked
package dev.ludo.testkit;

import org.jspecify.annotations.NullMarked;
