package dev.ludo.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.Page;
import dev.ludo.core.model.PlayerStats;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.WebhookSubscription;
import dev.ludo.core.webhook.WebhookEvent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhook events, subscriptions and pages to and from their wire form. */
class WebhookCodecTest {
    private static final String ROOM = "{\"code\":\"ABCD23\",\"gameMode\":\"classic\",\"maxPlayers\":4,"
            + "\"playerCount\":0,\"players\":[],\"status\":\"waiting\"}";
    private static final String GAME = "{\"gameId\":\"gam_1\",\"gameMode\":\"ranked\",\"players\":[{\"color\":\"red\","
            + "\"finishedRank\":1,\"playerId\":\"p1\",\"playerName\":\"Ann\"}],\"roomCode\":\"ABCD23\","
            + "\"startedAt\":\"2026-11-23T10:00:00Z\",\"status\":\"ended\",\"winnerId\":\"p1\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"room.created\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":" + ROOM + "}",
                "{\"type\":\"room.closed\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":" + ROOM + "}",
                "{\"type\":\"player.joined\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":{\"room\":" + ROOM
                        + ",\"player\":{\"connected\":false,\"playerId\":\"p1\",\"playerName\":\"Ann\"}}}",
                "{\"type\":\"game.started\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":" + GAME + "}}",
                "{\"type\":\"game.ended\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":" + GAME
                        + ",\"ranking\":[\"p1\",\"p2\"]}}",
                "{\"type\":\"game.sneezed\",\"timestamp\":\"2026-11-23T10:00:00Z\", \"data\":{\"loud\":1.50}}"
            })
    void everyEventComesBackAsItWas(String text) {
        WebhookEvent event = WebhookCodec.read(text.getBytes(UTF_8));
        assertThat(event.timestamp(), is(Instant.parse("2026-11-23T10:00:00Z")));
        assertThat(WebhookCodec.write(event), is(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"type\":\"room.created\",\"data\":" + ROOM + "}",
                "{\"type\":\"room.created\",\"timestamp\":\"today\",\"data\":" + ROOM + "}",
                "{\"type\":\"room.created\",\"timestamp\":\"2026-11-23T10:00:00Z\"}",
                "{\"type\":\"room.created\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":{}}",
                "{\"type\":\"player.joined\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":{\"room\":" + ROOM + "}}",
                "{\"type\":\"game.ended\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":" + GAME
                        + ",\"ranking\":{}}}",
                "{\"type\":\"game.ended\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":" + GAME
                        + ",\"ranking\":[1]}}",
                "{\"type\":\"game.ended\",\"timestamp\":\"2026-11-23T10:00:00Z\",\"data\":" + GAME
                        + ",\"ranking\":[\"\"]}}"
            })
    void whatDoesNotFitItsTypeIsRefused(String text) {
        assertThrows(MalformedJsonException.class, () -> WebhookCodec.read(text.getBytes(UTF_8)));
    }

    @Test
    void theSecretIsInTheFirstAnswerAlone() {
        String text =
                "{\"events\":[\"game.ended\"],\"id\":\"whk_1\",\"secret\":\"whsec_canary\",\"url\":\"https://example.org/in\"}";
        WebhookSubscription made = LudoJson.read(text.getBytes(UTF_8), WebhookSubscription.class);
        assertThat(LudoJson.write(made), is(text));
        assertThat(made.toString().contains("canary"), is(false));
        String later = text.replace("\"secret\":\"whsec_canary\",", "");
        assertThat(LudoJson.write(made.withoutSecret()), is(later));
        assertThat(LudoJson.read(later.getBytes(UTF_8), WebhookSubscription.class), is(made.withoutSecret()));
    }

    @Test
    void aWebhookThatIsAskedForIsReadWithDoubledEventsOnce() {
        NewWebhook asked = Requests.newWebhook(fields(
                "{\"url\":\"https://example.org/in\",\"events\":[\"game.ended\",\"room.closed\",\"game.ended\"]}"));
        assertThat(
                asked,
                is(NewWebhook.to(
                        URI.create("https://example.org/in"),
                        WebhookEventType.GAME_ENDED,
                        WebhookEventType.ROOM_CLOSED)));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "{}|url is required; events is required",
                "{\"url\":7,\"events\":\"x\"}|url must be a string; events must be a list of at least one of room.created, room.closed, player.joined, game.started, game.ended",
                "{\"url\":\"ftp://h/\",\"events\":[\"game.ended\"]}|url must be http or https with a host, without user-info and fragment, was \"ftp://h/\"",
                "{\"url\":\"https://u:canary@h/\",\"events\":[\"game.ended\"]}|url must be http or https with a host, without user-info and fragment, was \"https://***@h\"",
                "{\"url\":\"https://h/#a\",\"events\":[\"game.ended\"]}|url must be http or https with a host, without user-info and fragment, was \"https://h/#a\"",
                "{\"url\":\"/in\",\"events\":[\"game.ended\"]}|url must be http or https with a host, without user-info and fragment, was \"/in\"",
                "{\"url\":\"https://h/in\",\"events\":[]}|events must be a list of at least one of room.created, room.closed, player.joined, game.started, game.ended",
                "{\"url\":\"https://h/in\",\"events\":[\"game.sneezed\"]}|events must hold only room.created, room.closed, player.joined, game.started, game.ended"
            },
            delimiter = '|',
            quoteCharacter = '\0')
    void aWrongWebhookIsRefusedWithEveryFieldNamed(String body, String message) {
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> Requests.newWebhook(fields(body)));
        assertThat(e.getMessage(), is(message));
    }

    @Test
    void aPageComesBackAsItWas() {
        Page<PlayerStats> page = new Page<>(List.of(new PlayerStats(1, 1, 2, 1200)), Optional.of("next\""));
        assertThat(readPage(Envelope.page(page)), is(page));
        assertThat(readPage(Envelope.page(Page.last(page.items()))), is(Page.last(page.items())));
        assertThat(readPage("{\"success\":true,\"data\":[]}"), is(Page.last(List.of())));
        assertThrows(MalformedJsonException.class, () -> readPage("{\"success\":true,\"data\":{}}"));
        assertThrows(MalformedJsonException.class, () -> readPage("{\"success\":true,\"data\":[5]}"));
    }

    private static Page<PlayerStats> readPage(String body) {
        return Envelope.readPage(LudoJson.parseObject(body.getBytes(UTF_8)), PlayerStats.class);
    }

    private static Fields fields(String body) {
        return Fields.of(LudoJson.parseObject(body.getBytes(UTF_8)));
    }
}
