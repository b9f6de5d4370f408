/** Files that survive a crash, and the locks of folders that several processes share. */
@NullMarked
package dev.ludo.server.files;

import org.jspecify.annotations.NullMarked;
