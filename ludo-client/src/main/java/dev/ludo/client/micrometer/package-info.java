/** What a client does, as meters of Micrometer. Needs {@code io.micrometer:micrometer-core}, which is not brought along. */
@NullMarked
package dev.ludo.client.micrometer;

import org.jspecify.annotations.NullMarked;
