package dev.ludo.client.realtime;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What tests of a connection need: an API that does what the test says, sockets to it, and what the connection has told. */
@Timeout(60)
abstract class PeerTest {
    static final RoomCode ROOM = RoomCode.of("K7Q2MX");
    static final Secret TOKEN = Secret.of("pt_0123456789abcdef");

    final PeerServer server;
    final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    RoomSockets sockets;

    PeerTest() throws IOException {
        server = new PeerServer();
    }

    @BeforeEach
    void start() {
        sockets = settings().build();
    }

    /** How sockets to the API are made. */
    RoomSocketsBuilder settings() {
        return server.sockets();
    }

    @AfterEach
    void stop() throws IOException {
        sockets.close();
        server.close();
    }

    static <T> FutureTask<T> async(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofVirtual().start(task);
        return task;
    }

    static <T> T await(FutureTask<T> task) {
        try {
            return task.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Opens a connection of a player, and gives the API's end of it. */
    Peer open(RoomConnection connection) {
        FutureTask<RoomEvent.RoomJoined> opened = async(connection::open);
        Peer peer = server.peer();
        peer.expect("room:join");
        peer.say(Peer.JOINED);
        assertThat(await(opened).epoch(), is("e1"));
        return peer;
    }

    /** What was told next. */
    String told() {
        try {
            return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing was told");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<String> told(int count) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(told());
        }
        return all;
    }
}
