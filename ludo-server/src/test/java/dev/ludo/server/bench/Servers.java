package dev.ludo.server.bench;

import dev.ludo.server.Main;
import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fake API, and the two that stand before it: the proxy and nginx. Each is a process of its own, none limits calls. */
final class Servers implements AutoCloseable {
    /** The options of java in the launcher, but for the limit of the heap. */
    private static final List<String> LAUNCHED = List.of(
            "-XX:+UseSerialGC", "-Xms16m", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:TrimNativeHeapInterval=5000");

    private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z0-9]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Program fake;
    private final Program proxy;
    private final Program nginx;

    private Servers(Program fake, Program proxy, Program nginx) {
        this.fake = fake;
        this.proxy = proxy;
        this.nginx = nginx;
    }

    static Servers start(Tools tools) throws IOException, InterruptedException {
        Program fake = Program.java(Map.of(), List.of("-XX:+UseSerialGC", "-Xmx1g"), FakeMain.class);
        return new Servers(fake, proxy(fake, "-Xmx256m"), Nginx.beforeCalls(tools, fake.port()));
    }

    /** A proxy before a server, with options beside those of the launcher. */
    static Program proxy(Program upstream, String... further) throws IOException {
        String address = "localhost:" + upstream.port();
        Map<String, String> settings = Map.of(
                "LUDO_API_BASE_URL", "http://" + address + "/v1",
                "LUDO_WS_URL", "ws://" + address + "/ws",
                "LUDO_API_KEY", FakeLudo.DEFAULT_API_KEY,
                "LUDO_HOST", "127.0.0.1",
                "LUDO_RATE_LIMIT", "0",
                "LUDO_WS_MESSAGE_LIMIT", "0",
                "LUDO_WS_PER_CLIENT", "20000",
                "LUDO_WS_TOTAL", "20000",
                "LUDO_WATCHERS_PER_ROOM", "20000");
        return Program.java(settings, options(further), Main.class, "serve", "--port", "0");
    }

    /** The options of java in the launcher, with others beside. */
    static List<String> options(String... further) {
        List<String> options = new ArrayList<>(LAUNCHED);
        options.addAll(Arrays.asList(further));
        return options;
    }

    Program fake() {
        return fake;
    }

    Program proxy() {
        return proxy;
    }

    Program nginx() {
        return nginx;
    }

    /** Forgets all rooms, and opens one; gives its code. */
    String onlyRoom() throws IOException, InterruptedException {
        post("/__ludo/reset");
        Matcher code = CODE.matcher(post("/v1/rooms"));
        if (!code.find()) {
            throw new IOException("the fake opens no room");
        }
        return code.group(1);
    }

    private String post(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fake.port() + path))
                .header("Authorization", "Bearer " + FakeLudo.DEFAULT_API_KEY)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        nginx.close();
        proxy.close();
        fake.close();
        client.close();
    }
}
