package dev.ludo.client.bench;

import java.util.List;

/** What {@code ./ludo bench client} runs. */
public final class BenchMain {
    private BenchMain() {}

    /**
     * Measures and prints Markdown.
     *
     * @param arguments {@code http} or {@code socket} to measure that alone; nothing for both
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
        List<String> wanted = arguments.length == 0 ? List.of("http", "socket") : List.of(arguments);
        if (wanted.contains("http")) {
            HttpBench.run();
        }
        if (wanted.contains("socket")) {
            SocketBench.run();
        }
    }
}
