/** The proxy with the test kit's fake as its upstream, and games that play by themselves. Not part of the image. */
@NullMarked
package dev.ludo.server.demo;

import org.jspecify.annotations.NullMarked;
