/** The proxy: {@link dev.ludo.server.LudoServer} reads as its table of contents. */
@NullMarked
package dev.ludo.server;

import org.jspecify.annotations.NullMarked;
