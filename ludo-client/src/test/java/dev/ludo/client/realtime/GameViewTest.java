package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.ludo.client.realtime.RoomNotice.Diverged;
import dev.ludo.client.realtime.RoomNotice.Received;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.json.MessageCodec;
import dev.ludo.core.model.Color;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.TurnPhase;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The local game follows what was told, and says so when it cannot. */
class GameViewTest {
    private final GameView view = new GameView();

    private static String state(String type, int red) {
        return "{\"type\":\"" + type + "\",\"data\":" + game(red) + "}";
    }

    private static String game(int red) {
        return "{\"gameId\":\"g1\",\"roomCode\":\"K7Q2MX\",\"gameMode\":\"classic\",\"status\":\"playing\","
                + "\"turn\":{\"playerId\":\"p1\",\"phase\":\"roll\",\"sixes\":0,\"number\":3},\"players\":["
                + player("p1", "red", red) + "," + player("p2", "yellow", -1) + "]}";
    }

    private static String player(String id, String color, int first) {
        StringBuilder pieces = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            pieces.append(i == 0 ? "" : ",")
                    .append("{\"pieceId\":\"" + color + "-" + i + "\",\"position\":" + (i == 0 ? first : -1) + "}");
        }
        return "{\"playerId\":\"" + id + "\",\"playerName\":\"" + id + "\",\"color\":\"" + color + "\",\"pieces\":["
                + pieces + "]}";
    }

    private Optional<Diverged> see(String json) {
        RoomMessage message = MessageCodec.read(json.getBytes(StandardCharsets.UTF_8), "");
        return view.see(new Received(message));
    }

    private int red() {
        return view.game().orElseThrow().progress(PieceId.of(Color.RED, 0));
    }

    @Test
    void beforeAStateThereIsNoGameAndNothingToReport() {
        assertThat(see("{\"type\":\"game:dice-rolled\",\"data\":{\"value\":3}}"), is(Optional.empty()));
        assertThat(view.game(), is(Optional.empty()));
    }

    @Test
    void eventsAreFoldedIntoTheGameThatTheJoinBrought() {
        see("{\"type\":\"room:joined\",\"data\":{\"roomCode\":\"K7Q2MX\",\"state\":" + game(4) + "}}");
        assertThat(red(), is(5));
        assertThat(see("{\"type\":\"game:dice-rolled\",\"data\":{\"value\":3}}"), is(Optional.empty()));
        assertThat(view.game().orElseThrow().phase(), is(TurnPhase.MOVE));
        assertThat(
                see("{\"type\":\"game:piece-moved\",\"data\":{\"pieceId\":\"red-0\",\"position\":7}}"),
                is(Optional.empty()));
        assertThat(red(), is(8));
        assertThat(view.game().orElseThrow().turnNumber(), is(4));
    }

    @Test
    void aStateThatIsAnotherIsReportedAndGoneBy() {
        see(state("game:state", 4));
        assertThat(see(state("game:state", 4)), is(Optional.empty()));
        Diverged diverged = see(state("game:state", 9)).orElseThrow();
        assertThat(diverged.why(), containsString("red-0"));
        assertThat(diverged.expected().orElseThrow().progress(PieceId.of(Color.RED, 0)), is(5));
        assertThat(red(), is(10));
    }

    @Test
    void anEventThatTheRulesDoNotGiveIsReportedOnceAndTheGameWaitsForAState() {
        see(state("game:state", 4));
        String impossible = "{\"type\":\"game:piece-moved\",\"data\":{\"pieceId\":\"red-0\",\"position\":30}}";
        assertThat(see(impossible).isPresent(), is(true));
        assertThat(view.game(), is(Optional.empty()));
        assertThat(see(impossible), is(Optional.empty()));
        see(state("game:state", 30));
        assertThat(red(), is(31));
    }
}
