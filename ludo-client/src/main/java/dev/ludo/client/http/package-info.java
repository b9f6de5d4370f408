/** What all that speaks HTTP here has in common. Not exported. */
@NullMarked
package dev.ludo.client.http;

import org.jspecify.annotations.NullMarked;
