package dev.ludo.testkit.tck;

import dev.ludo.core.model.GameMode;
import dev.ludo.core.model.RoomCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A part of the contract as test cases. Each case makes the players and rooms that it needs and leaves them behind, so that
 * cases can run in any order, side by side, and against an API that others use meanwhile. Each is named after what it
 * promises and the section of the contract that says so.
 *
 * <p>Use {@link LudoTck} for the whole contract, or a subclass of this for a part.
 */
@ExtendWith(TckExtension.class)
@DisplayNameGeneration(TckNames.class)
@SuppressWarnings("exports") // JUnit makes these two by reflection; nobody else needs to see them
public abstract class TckSuite {
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Optional<Http> http = Optional.empty();

    /** For subclasses. */
    protected TckSuite() {}

    /**
     * The API to test.
     *
     * @return where it is; asked several times for each case
     */
    protected abstract TckTarget target();

    @BeforeEach
    void openHttp() {
        http = Optional.of(new Http(target(), Thread::sleep));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable socket : opened) {
            socket.close();
        }
        http.ifPresent(Http::close);
    }

    final Http http() {
        return http.orElseThrow();
    }

    /** A table at which nobody sits yet. */
    final Table table(int maxPlayers, GameMode mode) {
        return Table.open(http(), maxPlayers, mode);
    }

    /** A table whose game has begun. */
    final Table playing(int players, GameMode mode) {
        Table table = table(players, mode);
        for (int i = 0; i < players; i++) {
            table.seat("Player " + i);
        }
        return table;
    }

    /** A new socket to a room, which has not joined. It is closed after the case. */
    final Socket socket(Table table) {
        return socket(table.code());
    }

    final Socket socket(RoomCode room) {
        Socket socket = Socket.open(http(), room);
        opened.add(socket);
        return socket;
    }

    final Socket joined(Table table, Table.Seat seat) {
        return socket(table).join(table.code(), seat.token());
    }

    final Socket watching(Table table) {
        return socket(table).watch(table.code());
    }
}
