package dev.ludo.testkit.bench;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** A program to compare with: the JDK's HTTP server, which answers every request with as many bytes as it is told. */
final class PeerMain {
    private PeerMain() {}

    public static void main(String[] args) throws Exception {
        byte[] body = new byte[Integer.parseInt(args[0])];
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("ready at http://localhost:" + server.getAddress().getPort() + "/v1");
    }
}
