package dev.ludo.server.guard;

import dev.ludo.core.model.Secret;
import java.util.List;
import java.util.Optional;

/**
 * What the proxy is told about who may call it, and how much.
 *
 * @param trustCallers whether callers may act without a token of their own
 * @param proxyTokens tokens of which callers must show one; with none of them everybody may call
 * @param jwt whose signed tokens callers may show, if any
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param callsPerMinute how many calls a client may make in a minute, 0 for any number
 * @param concurrentCalls how many calls may be served at the same time, at least 1
 * @param wire how much of a connection's time and memory a peer may take
 */
public record GuardConfig(
        boolean trustCallers,
        List<Secret> proxyTokens,
        Optional<JwtConfig> jwt,
        Networks trustedProxies,
        int callsPerMinute,
        int concurrentCalls,
        WireLimits wire) {
    /** Callers are not trusted, and may make any number of calls. */
    public static final GuardConfig DEFAULT =
            new GuardConfig(false, List.of(), Optional.empty(), Networks.NONE, 0, 1000, WireLimits.DEFAULT);

    /** Copies the list. */
    public GuardConfig {
        proxyTokens = List.copyOf(proxyTokens);
        if (callsPerMinute < 0) {
            throw new IllegalArgumentException("callsPerMinute must not be negative, was " + callsPerMinute);
        }
        if (concurrentCalls < 1) {
            throw new IllegalArgumentException("concurrentCalls must be at least 1, was " + concurrentCalls);
        }
    }

    /**
     * The same with tokens that callers must show.
     *
     * @param tokens the tokens
     * @return a new configuration
     */
    public GuardConfig withProxyTokens(List<Secret> tokens) {
        return new GuardConfig(trustCallers, tokens, jwt, trustedProxies, callsPerMinute, concurrentCalls, wire);
    }

    /**
     * The same with signed tokens that callers may show.
     *
     * @param newJwt whose
     * @return a new configuration
     */
    public GuardConfig withJwt(JwtConfig newJwt) {
        return new GuardConfig(
                trustCallers, proxyTokens, Optional.of(newJwt), trustedProxies, callsPerMinute, concurrentCalls, wire);
    }

    /**
     * Whether everybody may call.
     *
     * @return whether callers need no token of any kind
     */
    public boolean isOpen() {
        return proxyTokens.isEmpty() && jwt.isEmpty();
    }

    /**
     * The same with callers that may act without a token of their own.
     *
     * @param trust whether they may
     * @return a new configuration
     */
    public GuardConfig withTrustCallers(boolean trust) {
        return new GuardConfig(trust, proxyTokens, jwt, trustedProxies, callsPerMinute, concurrentCalls, wire);
    }

    /**
     * The same with proxies whose word is taken for where a call comes from.
     *
     * @param proxies where they are
     * @return a new configuration
     */
    public GuardConfig withTrustedProxies(Networks proxies) {
        return new GuardConfig(trustCallers, proxyTokens, jwt, proxies, callsPerMinute, concurrentCalls, wire);
    }

    /**
     * The same with other limits.
     *
     * @param perMinute how many calls a client may make in a minute, 0 for any number
     * @param concurrent how many calls may be served at the same time, at least 1
     * @return a new configuration
     */
    public GuardConfig withLimits(int perMinute, int concurrent) {
        return new GuardConfig(trustCallers, proxyTokens, jwt, trustedProxies, perMinute, concurrent, wire);
    }

    /**
     * The same with other limits of connections.
     *
     * @param limits how much a peer may take
     * @return a new configuration
     */
    public GuardConfig withWire(WireLimits limits) {
        return new GuardConfig(trustCallers, proxyTokens, jwt, trustedProxies, callsPerMinute, concurrentCalls, limits);
    }
}
