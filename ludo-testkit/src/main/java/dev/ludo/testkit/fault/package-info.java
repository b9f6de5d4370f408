/**
 * What can go wrong between a client and the API, made to go wrong on demand. {@link dev.ludo.testkit.fault.FaultProxy}
 * spoils the TCP connections to any server.
 */
@NullMarked
package dev.ludo.testkit.fault;

import org.jspecify.annotations.NullMarked;
