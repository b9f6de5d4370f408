package dev.ludo.testkit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ludo.core.json.LudoJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Takes what is delivered, on the loopback address, and checks by hand how it is signed. For one thread. */
final class WebhookReceiver implements AutoCloseable {
    private static final int LARGEST = 256 * 1024;
    private static final String HMAC = "HmacSHA256";

    private record Delivery(Headers headers, String text, Json body) {
        String header(String name) {
            return Optional.ofNullable(headers.getFirst(name))
                    .orElseThrow(() -> new AssertionError(name + " is missing"));
        }

        String type() {
            return body.text("type");
        }
    }

    private final HttpServer server;
    private final Duration deadline;
    private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
    private final List<Delivery> taken = new ArrayList<>();

    private WebhookReceiver(HttpServer server, Duration deadline) {
        this.server = server;
        this.deadline = deadline;
    }

    static WebhookReceiver start(Duration deadline) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        WebhookReceiver receiver = new WebhookReceiver(server, deadline);
        server.createContext("/hook", receiver::take);
        server.start();
        return receiver;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text = new String(exchange.getRequestBody().readNBytes(LARGEST), StandardCharsets.UTF_8);
            arrived.add(new Delivery(
                    exchange.getRequestHeaders(),
                    text,
                    new Json("webhook " + text, LudoJson.parseObject(text.getBytes(StandardCharsets.UTF_8), LARGEST))));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** The types of all that has been taken so far. */
    List<String> types() {
        return taken.stream().map(Delivery::type).toList();
    }

    /** Waits for a delivery of this type whose data is the one that is wanted, and checks it. */
    Json await(String type, String secret, Predicate<Json> wanted)
            throws InterruptedException, GeneralSecurityException {
        for (Delivery delivery : taken) {
            if (isWanted(delivery, type, wanted)) {
                return checked(delivery, secret);
            }
        }
        while (true) {
            Delivery delivery = arrived.poll(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (delivery == null) {
                throw new AssertionError("no " + type + " was delivered within " + deadline + ", only " + types());
            }
            taken.add(delivery);
            if (isWanted(delivery, type, wanted)) {
                return checked(delivery, secret);
            }
        }
    }

    private static boolean isWanted(Delivery delivery, String type, Predicate<Json> wanted) {
        return delivery.type().equals(type) && wanted.test(delivery.body().object("data"));
    }

    private static Json checked(Delivery delivery, String secret) throws GeneralSecurityException {
        String id = delivery.header("webhook-id");
        String timestamp = delivery.header("webhook-timestamp");
        assertEquals(false, id.isBlank(), "webhook-id must not be blank");
        assertTrue(timestamp.matches("[0-9]{10}"), "webhook-timestamp must be Unix seconds, was " + timestamp);
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), HMAC));
        String signed = id + '.' + timestamp + '.' + delivery.text();
        String expected =
                "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        List<String> signatures =
                Arrays.asList(delivery.header("webhook-signature").split(" ", -1));
        assertTrue(signatures.contains(expected), "webhook-signature must hold the HMAC of id.timestamp.body");
        return delivery.body();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
