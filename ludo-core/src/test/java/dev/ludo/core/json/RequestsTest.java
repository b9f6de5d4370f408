package dev.ludo.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.InvalidRequestException;
import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.NewRoom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(Requests.newRoom(camel("{}")), is(NewRoom.DEFAULT));
        assertThat(Requests.newRoom(camel("{\"maxPlayers\":null}")), is(NewRoom.DEFAULT));
        assertThat(
                Requests.newRoom(camel("{\"maxPlayers\":2,\"gameMode\":\"quick\",\"x\":[1]}")),
                is(new NewRoom(2, GameMode.QUICK)));
    }

    @Test
    void everyWrongFieldIsNamedAsItsSenderSpelledIt() {
        assertThat(wrong(either("{\"max_players\":9,\"gameMode\":\"chess\"}")), is(List.of("max_players", "gameMode")));
        assertThat(wrong(either("{\"maxPlayers\":2,\"max_players\":3}")), is(List.of("maxPlayers")));
        assertThrows(InvalidRequestException.class, () -> Requests.move(either("{\"piece_id\":\"red-0\"}")));
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> Requests.move(either("{\"piece_id\":\"red-9\"}")));
        assertThat(e.details().stream().map(d -> d.field()).toList(), is(List.of("piece_id", "targetPosition")));
    }

    @Test
    void theOtherSpellingIsJustAnUnknownFieldWhereItIsNotTaken() {
        assertThat(Requests.newRoom(camel("{\"max_players\":9}")), is(NewRoom.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "5", "2.5", "\"4\"", "true", "[4]", "4300000000", "4294967300", "1e999999999", "-0.1"})
    void aNumberIsWholeAndInRange(String number) {
        assertThat(wrong(camel("{\"maxPlayers\":" + number + "}")), is(List.of("maxPlayers")));
    }

    @ParameterizedTest
    @CsvSource({
        "'  Ann ', true",
        "'', false",
        "'   ', false",
        "A\u202EB, false",
        "A\u0007B, false",
        "12345678901234567890123456789012, true",
        "123456789012345678901234567890123, false",
        "🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲🎲, true"
    })
    void aNameIsShortAndPlain(String name, boolean good) {
        String body = LudoJson.write(java.util.Map.of("playerName", name));
        if (good) {
            assertThat(Requests.newPlayer(camel(body)).playerName().value(), is(name.strip()));
        } else {
            assertThrows(InvalidRequestException.class, () -> Requests.newPlayer(camel(body)));
        }
    }

    private static Fields camel(String body) {
        return Fields.of(LudoJson.parseObject(body.getBytes(UTF_8)));
    }

    private static Fields either(String body) {
        return Fields.inEitherSpelling(LudoJson.parseObject(body.getBytes(UTF_8)));
    }

    private static List<String> wrong(Fields fields) {
        return assertThrows(InvalidRequestException.class, () -> Requests.newRoom(fields)).details().stream()
                .map(detail -> detail.field())
                .toList();
    }
}
