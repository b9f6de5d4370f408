package dev.ludo.client;

import dev.ludo.core.model.Health;

/**
 * The calls of a Ludo API. {@link LudoClient} has them, and so has each of its views with {@linkplain LudoClient#with options}.
 * Thread-safe. All throw {@link dev.ludo.core.error.CallException}.
 */
public sealed interface LudoCalls permits LudoClient, LudoView {
    /**
     * Rooms: find, make, join, leave, start.
     *
     * @return the calls
     */
    Rooms rooms();

    /**
     * Games: see, roll, move, look back.
     *
     * @return the calls
     */
    Games games();

    /**
     * Players: register, look up.
     *
     * @return the calls
     */
    Players players();

    /**
     * The leaderboard.
     *
     * @return the calls
     */
    Leaderboard leaderboard();

    /**
     * Webhooks: make, list, delete.
     *
     * @return the calls
     */
    Webhooks webhooks();

    /**
     * How the API is. This call needs no key.
     *
     * @return what it says of itself
     */
    Health health();

    /**
     * Sends a call and gives the last answer as it came, whatever its status.
     *
     * @param request the call; a POST without an idempotency key is given one
     * @return the answer
     * @throws dev.ludo.core.error.CallException if there is none
     */
    ApiAnswer send(ApiRequest request);

    /**
     * Asks for something that has no method here.
     *
     * @param route the path below the base URI, with names for what varies, such as {@code /rooms/{code}}
     * @param arguments what stands for each <code>{name}</code>, in order
     * @return the answer, whatever its status
     */
    default ApiAnswer get(String route, Object... arguments) {
        return send(ApiRequest.get(route, arguments));
    }

    /**
     * Has something done that has no method here.
     *
     * @param json a record or a map
     * @param route the path below the base URI, with names for what varies, such as {@code /rooms/{code}/start}
     * @param arguments what stands for each <code>{name}</code>, in order
     * @return the answer, whatever its status
     */
    default ApiAnswer post(Object json, String route, Object... arguments) {
        return send(ApiRequest.post(route, arguments).body(json));
    }
}
