package dev.ludo.testkit.tck;

import dev.ludo.testkit.FakeLudo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The fake keeps the contract, whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeKeepsTheContractTest extends LudoTck {
    private final FakeLudo ludo = FakeLudo.start();

    @Override
    protected TckTarget target() {
        return TckTarget.upstream(ludo.baseUri(), ludo.wsUri(), ludo.apiKey());
    }

    @AfterAll
    void stop() {
        ludo.close();
    }
}
