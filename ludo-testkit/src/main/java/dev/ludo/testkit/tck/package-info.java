/**
 * The contract as tests that run against any Ludo API: a staging server, a proxy, a fake of your own. Extend
 * {@link dev.ludo.testkit.tck.LudoTck} and say with a {@link dev.ludo.testkit.tck.TckTarget} where the API is.
 *
 * <p>It needs JUnit, from 5.14 on, on the class path; the rest of the test kit does not. It talks through the JDK's HTTP
 * client, so that what it finds was not hidden by a client of ours.
 */
@NullMarked
package dev.ludo.testkit.tck;

import org.jspecify.annotations.NullMarked;
