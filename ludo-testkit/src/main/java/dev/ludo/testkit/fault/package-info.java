/**
 * What can go wrong between a client and the API, made to go wrong on demand. A {@link dev.ludo.testkit.fault.FaultRule} says
 * what the fake does wrong, and when; {@link dev.ludo.testkit.fault.FaultProxy} spoils the TCP connections to any server.
 */
@NullMarked
package dev.ludo.testkit.fault;

import org.jspecify.annotations.NullMarked;
