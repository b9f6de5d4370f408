package dev.ludo.client.bench;

/** What {@code ./ludo bench client} runs. */
public final class BenchMain {
    private BenchMain() {}

    /**
     * Measures and prints Markdown.
     *
     * @param arguments none
     * @throws Exception if something cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        System.out.println("## ludo-client");
        System.out.println();
        System.out.println(
                "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                        + "; medians of alternating rounds, the server in another process");
        System.out.println();
        HttpBench.run();
    }
}
