package dev.ludo.server.guard;

/**
 * Who calls the proxy.
 *
 * @param identity what tells this caller from others: what its token says, else its address
 * @param client what limits are counted by: the same, but for an IPv6 address its first 64 bits
 * @param verified whether it showed one of the proxy's own tokens, whose holders may act for everybody
 */
public record Caller(String identity, String client, boolean verified) {}
