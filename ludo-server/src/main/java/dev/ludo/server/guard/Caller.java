package dev.ludo.server.guard;

/**
 * Who calls the proxy.
 *
 * @param identity what tells this caller from others: a digest of the token shown, else the address
 * @param verified whether a token was shown
 */
public record Caller(String identity, boolean verified) {}
