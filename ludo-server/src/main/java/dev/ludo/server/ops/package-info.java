/** For whoever runs it: health, log, the end of the process. */
@NullMarked
package dev.ludo.server.ops;

import org.jspecify.annotations.NullMarked;
