/**
 * A fake for each JUnit test: {@link dev.ludo.testkit.junit.LudoTest} on the class, or a
 * {@link dev.ludo.testkit.junit.LudoExtension} in a field. It needs JUnit, from 5.14 on, on the class path; the rest of the
 * test kit does not.
 */
@NullMarked
package dev.ludo.testkit.junit;

import org.jspecify.annotations.NullMarked;
