package dev.ludo.server.guard;

/**
 * What a call has to pass before it is served.
 *
 * @param callers tells who calls
 * @param whoActs tells who acts
 * @param limits holds clients to their limits
 * @param cors tells browsers whose pages may call
 * @param places how many calls may be served at the same time
 */
public record Guards(CallerAuth callers, WhoActs whoActs, RateLimits limits, Cors cors, Places places) {
    /**
     * How many calls are being served.
     *
     * @return how many
     */
    public int inFlight() {
        return places.taken();
    }
}
