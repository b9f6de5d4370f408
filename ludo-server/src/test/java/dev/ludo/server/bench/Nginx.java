package dev.ludo.server.bench;

import dev.ludo.testkit.FakeLudo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** nginx with one worker, as the proxy is one process; it adds the API's key, as the proxy does. */
final class Nginx {
    private Nginx() {}

    /** Before calls; it keeps connections to the API. */
    static Program beforeCalls(Tools tools, int upstream) throws IOException, InterruptedException {
        return start(tools, upstream, "proxy_pass http://api/v1/; proxy_set_header Connection \"\";");
    }

    /** Before sockets. */
    static Program beforeSockets(Tools tools, int upstream) throws IOException, InterruptedException {
        return start(
                tools,
                upstream,
                "proxy_pass http://api/ws; proxy_set_header Upgrade $http_upgrade;"
                        + " proxy_set_header Connection upgrade; proxy_read_timeout 1h;");
    }

    private static Program start(Tools tools, int upstream, String location) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path folder = Files.createDirectories(Path.of("target", "bench-nginx")).toAbsolutePath();
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                %s
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile 20000;
                error_log stderr crit;
                pid %s/nginx.pid;
                events { worker_connections 20000; }
                http {
                    access_log off;
                    client_body_temp_path %2$s/body;
                    proxy_temp_path %2$s/proxy;
                    fastcgi_temp_path %2$s/fastcgi;
                    uwsgi_temp_path %2$s/uwsgi;
                    scgi_temp_path %2$s/scgi;
                    keepalive_requests 100000000;
                    upstream api {
                        server 127.0.0.1:%3$d;
                        keepalive 256;
                        keepalive_requests 100000000;
                    }
                    server {
                        listen 127.0.0.1:%4$d;
                        location / {
                            proxy_http_version 1.1;
                            proxy_set_header Authorization "Bearer %5$s";
                            %6$s
                        }
                    }
                }
                """.formatted(
                        user, folder, upstream, port, FakeLudo.DEFAULT_API_KEY, location));
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
}
