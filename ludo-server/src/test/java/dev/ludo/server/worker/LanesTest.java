package dev.ludo.server.worker;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a lane does that the wire does not show. */
class LanesTest {
    @Test
    void whatFailsDoesNotHoldUpWhatFollowsInItsLane() throws InterruptedException {
        CountDownLatch followed = new CountDownLatch(1);
        try (Lanes lanes = new Lanes("test")) {
            lanes.add("ROOM2", () -> {
                throw new IllegalStateException("on purpose");
            });
            lanes.add("ROOM2", followed::countDown);
            assertThat(followed.await(20, TimeUnit.SECONDS), is(true));
        }
    }
}
