/** How often what fails again and again is tried and told. */
@NullMarked
package dev.ludo.server.throttle;

import org.jspecify.annotations.NullMarked;
