package dev.ludo.testkit.tck;

import static dev.ludo.testkit.tck.TckCase.Mark.A;
import static dev.ludo.testkit.tck.TckFeature.API_KEY;
import static dev.ludo.testkit.tck.TckFeature.RATE_LIMIT_HEADERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludo.core.model.NewRoom;
import dev.ludo.core.model.Room;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds for every call: the key, the envelope, the table of failures, the rate limit headers. Section 1 of the contract. */
public abstract class HttpTck extends TckSuite {
    /** For subclasses. */
    protected HttpTck() {}

    @TckCase(value = "1: GET /health", mark = A)
    void healthIsToldWithoutAKey() {
        http().get("/health", "Authorization", "").expect(200);
    }

    @TckCase("1: GET /health")
    void healthIsInTheEnvelope() {
        assertEquals("ok", http().get("/health").data(200).text("status"));
    }

    @TckCase(value = "1: Auth", mark = A, needs = API_KEY)
    void withoutTheKeyNothingIsServed() {
        http().get("/rooms", "Authorization", "").expect(401);
        http().get("/rooms", "Authorization", "Bearer lk_not_the_key").expect(401);
        http().post("/rooms", "{}", "Authorization", "Basic bGs6").expect(401);
    }

    @TckCase(value = "1: table of failures, 401", needs = API_KEY)
    void aWrongKeyIsUnauthorized() {
        http().get("/rooms", "Authorization", "Bearer lk_not_the_key").failure(401, "UNAUTHORIZED");
    }

    @TckCase(value = "1: envelope", mark = A)
    void aSuccessIsInTheEnvelope() {
        http().get("/rooms").envelope(200);
        http().post("/rooms", "{}").data(201);
    }

    @TckCase("1: envelope")
    void aFailureIsInTheEnvelopeWithACode() {
        http().get("/rooms/ZZZZZZ9999").failure(404, "ROOM_NOT_FOUND");
    }

    @TckCase("1: table of failures, 404")
    void whereNothingIsThereIsNothing() {
        http().get("/nothing/is/here").failure(404, "NOT_FOUND");
    }

    @TckCase("1: table of failures, 405")
    void aMethodThatTheCallDoesNotKnowIsToldWhichItKnows() {
        Reply reply = http().call("DELETE", "/rooms", BodyPublishers.noBody());
        reply.failure(405, "METHOD_NOT_ALLOWED");
        Set<String> allowed = Arrays.stream(reply.header("Allow").orElse("").split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
        assertTrue(allowed.containsAll(List.of("GET", "POST")), "Allow must name GET and POST, was " + allowed);
    }

    @TckCase("1: table of failures, 400")
    void whatIsNoJsonObjectIsMalformed() {
        String deep = "{\"a\":" + "[".repeat(70) + "]".repeat(70) + '}';
        for (String body :
                List.of("nonsense", "[1]", "7", "{\"maxPlayers\":", "{\"maxPlayers\":2,\"maxPlayers\":3}", deep)) {
            http().post("/rooms", body).failure(400, "MALFORMED_REQUEST");
        }
        byte[] notUtf8 = "{\"gameMode\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        http().postBytes("/rooms", notUtf8).failure(400, "MALFORMED_REQUEST");
    }

    @TckCase("1: table of failures, 413")
    void aBodyBeyond64KibIsTooLarge() {
        http().post("/rooms", "{\"padding\":\"" + "x".repeat(64 * 1024) + "\"}").failure(413, "PAYLOAD_TOO_LARGE");
    }

    @TckCase("1: table of failures, 415")
    void aBodyOfAnotherTypeIsNotRead() {
        http().post("/rooms", "{}", "Content-Type", "text/plain").failure(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @TckCase("1: table of failures, 422")
    void everyWrongFieldIsNamed() {
        http().post("/rooms", "{\"maxPlayers\":5,\"gameMode\":\"chess\"}").invalid("gameMode", "maxPlayers");
    }

    @TckCase(value = "JSON: unknown fields are ignored", mark = A)
    void unknownFieldsAreIgnored() {
        http().post("/rooms", "{\"maxPlayers\":2,\"wallpaper\":\"blue\"}").data(201);
    }

    @TckCase("JSON: absent and null mean the same")
    void nullIsLikeAbsent() {
        Room room =
                http().post("/rooms", "{\"maxPlayers\":null,\"gameMode\":null}").as(201, Room.class);
        assertEquals(NewRoom.DEFAULT, new NewRoom(room.maxPlayers(), room.gameMode()));
    }

    @TckCase("1: an empty POST body counts as {}")
    void anEmptyBodyIsAnEmptyObject() {
        Room room = http().post("/rooms", "").as(201, Room.class);
        assertEquals(NewRoom.DEFAULT, new NewRoom(room.maxPlayers(), room.gameMode()));
    }

    @TckCase("1: HEAD works wherever GET does")
    void headIsGetWithoutTheBody() {
        Reply reply = http().call("HEAD", "/rooms", BodyPublishers.noBody()).expect(200);
        assertEquals(0, reply.http().body().length, "a HEAD has no body");
        http().call("HEAD", "/rooms/ZZZZZZ9999", BodyPublishers.noBody()).expect(404);
    }

    @TckCase(value = "1: rate limit headers", mark = A, needs = RATE_LIMIT_HEADERS)
    void everyAnswerSaysWhatIsLeftOfTheRate() {
        for (Reply reply :
                List.of(http().get("/rooms"), http().get("/rooms/ZZZZZZ9999"), http().post("/rooms", "{}"))) {
            long limit = number(reply, "X-RateLimit-Limit");
            long remaining = number(reply, "X-RateLimit-Remaining");
            long reset = number(reply, "X-RateLimit-Reset");
            assertTrue(limit > 0, reply + ": X-RateLimit-Limit must be positive, was " + limit);
            assertTrue(
                    remaining >= 0 && remaining <= limit,
                    reply + ": X-RateLimit-Remaining must be 0 to " + limit + ", was " + remaining);
            assertTrue(reset > 1_000_000_000, reply + ": X-RateLimit-Reset must be a Unix time, was " + reset);
        }
    }

    private static long number(Reply reply, String header) {
        String text = reply.header(header).orElse("absent");
        assertTrue(text.matches("[0-9]{1,15}"), reply + ": " + header + " must be a whole number, was " + text);
        return Long.parseLong(text);
    }
}
