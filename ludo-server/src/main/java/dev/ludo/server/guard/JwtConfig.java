package dev.ludo.server.guard;

import java.net.URI;

/**
 * Whose signed tokens callers may show.
 *
 * @param keys where the issuer publishes its keys, as a JSON Web Key Set
 * @param issuer what a token must name as its issuer
 * @param audience what a token must name among its audience
 */
public record JwtConfig(URI keys, String issuer, String audience) {}
