package dev.ludo.testkit;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fake of its own for each test, whose time stands still unless the test moves it. */
abstract class WithFake {
    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    static final Duration SOON = Duration.ofSeconds(20);

    FakeLudo ludo;
    Api api;

    /** What the fake is to be like. */
    FakeLudoBuilder setup() {
        return FakeLudo.builder().clock(VirtualClock.manual(START));
    }

    @BeforeEach
    void startFake() {
        ludo = setup().start();
        api = new Api(ludo);
    }

    @AfterEach
    void stopFake() {
        api.close();
        ludo.close();
    }
}
