package dev.ludo.testkit;

import dev.ludo.core.error.FieldError;
import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The routes below {@code /v1}, and what their parameters have in common. */
final class ApiRoutes {
    static final String HEALTH = "/v1/health";

    private static final int LONGEST_PAGE = 100;

    private ApiRoutes() {}

    static RouteTable of(World world) {
        RouteTable routes = new RouteTable();
        routes.add("GET", HEALTH, (call, at) -> Answer.ok(Map.of("status", "ok")));
        new PlayerRoutes(world).addTo(routes);
        new RoomRoutes(world).addTo(routes);
        new GameRoutes(world).addTo(routes);
        new WebhookRoutes(world).addTo(routes);
        return routes;
    }

    /** Whom a call names; a token that is there must be good. */
    static Caller caller(Call call, World world) {
        Optional<String> session = call.header(Gate.SESSION_HEADER);
        Optional<String> seat = call.header(Gate.PLAYER_HEADER);
        return session.isEmpty() && seat.isEmpty() ? Caller.NOBODY : world.ask(now -> now.gate.identify(session, seat));
    }

    /** The room code in the path. */
    static RoomCode code(RouteTable.Params at) {
        String text = at.get("code");
        if (!RoomCode.isValid(text)) {
            throw invalid("code", "must be 4 to 12 letters and digits");
        }
        return RoomCode.of(text);
    }

    /** A word in the query. */
    static <E extends Enum<E> & Word> Optional<E> word(Call call, String name, Class<E> type) {
        Optional<E> word = call.query(name).map(text -> Word.of(type, text));
        if (word.filter(constant -> constant.name().equals("UNKNOWN")).isPresent()) {
            throw invalid(
                    name,
                    "must be one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .filter(constant -> !constant.name().equals("UNKNOWN"))
                                    .map(Word::word)
                                    .collect(Collectors.joining(", ")));
        }
        return word;
    }

    /** How many elements a page may have, by the query. */
    static int limit(Call call, int absent) {
        return call.query("limit").map(ApiRoutes::number).orElse(absent);
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(text) : 0;
        if (number < 1 || number > LONGEST_PAGE) {
            throw invalid("limit", "must be a whole number from 1 to " + LONGEST_PAGE);
        }
        return number;
    }

    static InvalidRequestException invalid(String field, String why) {
        return new InvalidRequestException(List.of(new FieldError(field, why)));
    }
}
