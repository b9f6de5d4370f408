package dev.ludo.server.bench;

import dev.ludo.testkit.FakeLudo;

/** The fake API without the limits that protect its own memory: a load opens more rooms than anybody plays in. */
final class FakeMain {
    private static final int ROOMS = 10_000_000;

    private FakeMain() {}

    /**
     * Starts it, and says where it is.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        FakeLudo fake = FakeLudo.builder().rateLimit(0).maxRooms(ROOMS).port(0).start();
        System.out.println("ready at http://localhost:" + fake.port());
    }
}
