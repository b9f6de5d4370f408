package dev.ludo.server.bench;

import dev.ludo.server.Main;
import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fake API, and the two that stand before it: the proxy and nginx. Each is a process of its own, none limits calls. */
final class Servers implements AutoCloseable {
    /** The options of java in the launcher, but for the limit of the heap. */
    private static final List<String> LAUNCHED =
            List.of("-XX:+UseSerialGC", "-Xms16m", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:TrimNativeHeapInterval=5000");

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
        return new Servers(fake, proxy(fake, "-Xmx256m"), nginx(tools, fake.port()));
    }

    /** A proxy before a fake, with options beside those of the launcher. */
    static Program proxy(Program fake, String... further) throws IOException {
        List<String> options = new ArrayList<>(LAUNCHED);
        options.addAll(Arrays.asList(further));
        return Program.java(
                Map.of(
                        "LUDO_API_BASE_URL",
                        "http://localhost:" + fake.port() + "/v1",
                        "LUDO_API_KEY",
                        FakeLudo.DEFAULT_API_KEY,
                        "LUDO_HOST",
                        "127.0.0.1",
                        "LUDO_RATE_LIMIT",
                        "0"),
                options,
                Main.class,
                "serve",
                "--port",
                "0");
    }

    // One worker, as the proxy is one process; it adds the key and keeps connections to the API, as the proxy does.
    private static Program nginx(Tools tools, int upstream) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path folder = Files.createDirectories(Path.of("target", "bench-nginx")).toAbsolutePath();
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        Path config = Files.writeString(
                folder.resolve("nginx.conf"), """
                %s
                daemon off;
                worker_processes 1;
                error_log stderr crit;
                pid %s/nginx.pid;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    client_body_temp_path %2$s/body;
                    proxy_temp_path %2$s/proxy;
                    fastcgi_temp_path %2$s/fastcgi;
                    uwsgi_temp_path %2$s/uwsgi;
                    scgi_temp_path %2$s/scgi;
                    keepalive_requests 100000000;
                    upstream api {
                        server 127.0.0.1:%d;
                        keepalive 256;
                        keepalive_requests 100000000;
                    }
                    server {
                        listen 127.0.0.1:%d;
                        location / {
                            proxy_pass http://api/v1/;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_set_header Authorization "Bearer %s";
                        }
                    }
                }
                """.formatted(user, folder, upstream, port, FakeLudo.DEFAULT_API_KEY));
        Process process = tools.command(tools.nginx(), "-c", config.toString(), "-p", folder.toString(), "-e", "stderr")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        for (int i = 0; !answers(port); i++) {
            if (i == 100 || !process.isAlive()) {
                throw new IOException("nginx does not start");
            }
            Thread.sleep(100);
        }
        return new Program(process, port);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
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
