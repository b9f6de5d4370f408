package dev.ludo.server.api;

import io.helidon.http.HeaderNames;

/** What the proxy serves of its own. */
final class Pages {
    private static final String INDEX = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Ludo proxy</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 44em; margin: 3em auto; padding: 0 1em }
            code { background: #f2f2f2; padding: .1em .3em; border-radius: .2em }
            @media (prefers-color-scheme: dark) { body { background: #181818; color: #eee } a { color: #8bf } code { background: #333 } }
            </style>
            <h1>Ludo proxy</h1>
            <p>This server stands between a product and a Ludo API. It keeps the API's key.</p>
            <ul>
            <li><a href="/rooms">/rooms</a> – all rooms; <a href="/rooms?status=waiting">those waiting</a>,
            <a href="/rooms?status=playing">those playing</a></li>
            <li><code>/rooms/{code}</code>, <code>/games/{gameId}/state</code> – one room, one game as it stands</li>
            <li><code>/ws/game/{code}</code> – the socket of a room. To watch a game from a terminal, with a code from
            <a href="/rooms?status=playing">/rooms</a>:<br>
            <code>npx -y wscat -c ws://HOST/ws/game/CODE -x '{"type":"room:watch"}' -w 600</code></li>
            <li><a href="/leaderboard">/leaderboard</a> – the best players</li>
            <li><a href="/health">/health</a>, <a href="/health/ready">/health/ready</a> – whether this server is alive, and
            whether it should be sent calls</li>
            </ul>
            <p><a href="/docs">/docs</a> shows every route, what it takes and what it answers; <a href="/openapi">/openapi</a>
            is the same for programs.</p>
            <p>To play: <code>POST /players</code>, <code>POST /rooms</code>, <code>POST /rooms/{code}/join</code>,
            <code>POST /rooms/{code}/start</code>, <code>POST /games/{gameId}/roll</code> and
            <code>POST /games/{gameId}/move</code>.</p>
            </html>
            """;

    private Pages() {}

    static Reply index(Exchange exchange) {
        String host = exchange.header(HeaderNames.HOST).filter(Pages::isHost).orElse("localhost:8000");
        return Reply.html(INDEX.replace("HOST", host))
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    }

    // Whoever calls chooses it, and it stands in a page.
    private static boolean isHost(String host) {
        return host.matches("[A-Za-z0-9.:\\[\\]-]{1,255}");
    }
}
