package dev.ludo.server.openapi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.ludo.server.LudoServer;
import dev.ludo.server.ProxyTest;
import dev.ludo.server.ServerConfig;
import dev.ludo.server.StubUpstream;
import dev.ludo.server.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the proxy really answers is as the document says: every answer is in it, and everything in it is answered. */
class OpenApiAnswersTest {
    // An operation and a body for it, good or bad.
    private static final String BODIES = """
            POST /players|{"playerName":"Ann"}
            POST /players|{"player_name":"  Ann  ","platform":null,"other":[]}
            POST /players|{"playerName":"Ann","player_name":"Ann"}
            POST /players|{"playerName":"Ann","deviceId":"a","device_id":"a"}
            POST /players|{"playerName":"Ann","deviceId":7}
            POST /players|{"playerName":"   "}
            POST /players|{"playerName":"12345678901234567890123456789012"}
            POST /players|{"playerName":"123456789012345678901234567890123"}
            POST /players|{"playerName":5}
            POST /players|{"playerName":null}
            POST /players|{}
            POST /rooms|{}
            POST /rooms|{"max_players":2,"gameMode":"quick"}
            POST /rooms|{"maxPlayers":2,"max_players":2}
            POST /rooms|{"game_mode":"quick","gameMode":"quick"}
            POST /rooms|{"maxPlayers":1}
            POST /rooms|{"maxPlayers":5}
            POST /rooms|{"maxPlayers":2.5}
            POST /rooms|{"maxPlayers":2.0}
            POST /rooms|{"maxPlayers":"2"}
            POST /rooms|{"maxPlayers":null,"gameMode":null}
            POST /rooms|{"gameMode":"odd"}
            POST /rooms/{code}/join|{"player_id":"plr_1"}
            POST /rooms/{code}/join|{"playerId":"a b"}
            POST /rooms/{code}/join|{"playerId":""}
            POST /rooms/{code}/join|{}
            POST /games/{gameId}/move|{"pieceId":"red-0","target_position":0}
            POST /games/{gameId}/move|{"pieceId":"red-4","targetPosition":0}
            POST /games/{gameId}/move|{"pieceId":"red-3","targetPosition":58}
            POST /games/{gameId}/move|{"pieceId":"red-3","targetPosition":-1}
            POST /games/{gameId}/move|{"pieceId":"red-3"}
            POST /games/move|{"game_id":"g","piece_id":"blue-3","target_position":57}
            POST /games/move|{"pieceId":"blue-3","targetPosition":57}
            POST /games/move|{"gameId":"g","game_id":"g","pieceId":"blue-3","targetPosition":57}
            POST /games/{gameId}/roll|{"anything":1}
            POST /rooms/{code}/leave|{}
            POST /rooms/{code}/start|{}
            """;

    @TempDir
    Path folder;

    private static OpenApiDocument document() {
        ServerConfig nobodyIsAsked = ProxyTest.config(URI.create("http://127.0.0.1:9/v1"));
        try (LudoServer proxy = LudoServer.start(nobodyIsAsked);
                Wire wire = new Wire(proxy.uri())) {
            return OpenApiDocument.of(wire);
        }
    }

    @Test
    void everyDocumentedAnswerIsGivenAndEveryAnswerIsDocumented() throws Exception {
        DocumentedCalls calls = new DocumentedCalls(document());
        Refusals refusals = new Refusals(calls);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> late = threads.submit(() -> {
                refusals.late();
                return true;
            });
            GoodAnswers.all(calls);
            new SocketAnswers(calls).all();
            new WebhookAnswers(calls, folder.resolve("webhooks")).all();
            new ArchiveAnswers(calls, folder.resolve("archive")).all();
            new StreamAnswers(calls).all();
            refusals.all();
            late.get();
        }
        assertThat(calls.neverSeen(), is(empty()));
    }

    @Test
    void aBodyIsTakenIfAndOnlyIfItsSchemaTakesIt() throws IOException {
        List<String> otherwise = new ArrayList<>();
        try (StubUpstream api = new StubUpstream();
                LudoServer proxy = LudoServer.start(ProxyTest.config(api.uri()).withTrustCallers(true));
                Wire wire = new Wire(proxy.uri())) {
            OpenApiDocument document = OpenApiDocument.of(wire);
            for (String line : BODIES.lines().toList()) {
                String operation = line.substring(0, line.indexOf('|'));
                String body = line.substring(line.indexOf('|') + 1);
                JsonNode schema = document.resolve(document.operation(operation).path("requestBody"))
                        .path("content")
                        .path("application/json")
                        .path("schema");
                boolean good =
                        document.errors(schema, new JsonMapper().readTree(body)).isEmpty();
                String path = operation.substring(5).replaceAll("\\{[a-zA-Z]+}", "K7Q2MX");
                int status = wire.post(path, body).status();
                if (status != (good ? 200 : 422)) {
                    otherwise.add(line + " is " + status);
                }
            }
        }
        assertThat(otherwise, is(empty()));
    }
}
