package dev.ludo.testkit.tck;

/** What one API has and another has not. A case that needs a feature is skipped where the {@link TckTarget} lacks it. */
public enum TckFeature {
    /** Everything that the contract marks [D]: our design where the API's public material is silent. */
    DESIGNED,
    /** A call or handshake without the right API key is refused with 401. A proxy that adds the key itself has no such case. */
    API_KEY,
    /**
     * With the API key alone the application may act for whoever's turn it is. An API without this feature answers 403 to
     * a roll or move without a player token, and that is what is then checked.
     */
    TRUSTED_APPLICATION,
    /** {@code X-RateLimit-*} headers are on every answer. */
    RATE_LIMIT_HEADERS,
    /** Games go by the house's rules with the options of their mode, and a turn lasts long enough for a call. */
    HOUSE_RULES,
    /** Cases with several hundred calls or messages are welcome. */
    LONG_CASES,
    /** {@code GET /leaderboard}. */
    LEADERBOARD,
    /** {@code GET /players/{playerId}/games} and {@code GET /games/{gameId}/moves}. */
    HISTORY,
    /** Stats and ratings follow from games at once. */
    RATINGS,
    /** {@code POST}, {@code GET} and {@code DELETE /webhooks}. */
    WEBHOOKS,
    /** Webhooks are delivered to a receiver on the loopback address of the machine on which the tests run. */
    LOCAL_DELIVERY
}
