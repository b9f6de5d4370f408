package dev.ludo.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads a server with as many calls as it takes, over 64 connections from one thread. */
final class Wrk {
    private static final String CONNECTIONS = "64";
    private static final Pattern DONE = Pattern.compile("done (\\d+) (\\d+) (\\d+) (\\d+)");

    private static final String REPORT = """

            done = function(summary, latency, requests)
              local e = summary.errors
              io.write(string.format("done %d %d %d %d\\n", summary.requests, summary.duration,
                e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(99.0)))
            end
            """;

    private final Tools tools;

    Wrk(Tools tools) {
        this.tools = tools;
    }

    /** What is asked for: a script of wrk's that says how. */
    enum Call {
        /** A read that the proxy asks the API for in any case. */
        UNCACHED("wrk.headers[\"Cache-Control\"] = \"no-cache\""),
        /** A read as a browser makes it. */
        CACHED(""),
        /** A room that is opened. */
        POST("""
                wrk.method = "POST"
                wrk.body = '{"maxPlayers":4,"gameMode":"classic"}'
                wrk.headers["Content-Type"] = "application/json"
                """);

        private final String script;

        Call(String script) {
            this.script = script;
        }
    }

    /** What it said, how many calls were made and failed, how many a second, and how long 99 of 100 took at most, in milliseconds. */
    record Load(String said, long calls, long failed, double perSecond, double p99Millis) {}

    Load run(Call call, int port, String path, int seconds) throws IOException, InterruptedException {
        Path script = Files.writeString(
                Path.of("target", "bench-" + call.name() + ".lua").toAbsolutePath(), call.script + REPORT);
        String said = Tools.said(tools.command(
                tools.wrk(),
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + seconds + "s",
                "--timeout",
                "20s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + port + path));
        Matcher done = DONE.matcher(said);
        if (!done.find()) {
            throw new IOException("wrk did not end well: " + said);
        }
        long calls = Long.parseLong(done.group(1));
        return new Load(
                said,
                calls,
                Long.parseLong(done.group(3)),
                calls / (Long.parseLong(done.group(2)) / 1e6),
                Long.parseLong(done.group(4)) / 1e3);
    }
}
