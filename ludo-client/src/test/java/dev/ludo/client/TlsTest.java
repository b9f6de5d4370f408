package dev.ludo.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ludo.core.error.RejectedException;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections: who is trusted, through a proxy too. The certificate is for localhost alone. */
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static SSLContext context;

    @BeforeAll
    static void makeACertificate(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), ISO_8859_1);
        assertThat(said, keytool.waitFor(), is(0));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    }

    private static RawApi secureApi() throws IOException {
        return new RawApi(context.getServerSocketFactory().createServerSocket(), (asked, socket, out) -> {
            out.write(RawApi.OK.getBytes(ISO_8859_1));
            return true;
        });
    }

    private static LudoClientBuilder to(String host, RawApi api) {
        return LudoClient.builder().apiKey("lk_test_demo").baseUri(URI.create("https://" + host + ':' + api.port()));
    }

    @Test
    void aTrustedServerIsAskedOverOneConnection() throws IOException {
        try (RawApi api = secureApi();
                LudoClient client = to("localhost", api).sslContext(context).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.health().isOk(), is(true));
            }
            assertThat(api.connections(), is(1));
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsToldNothingAndNotAskedAgain() throws IOException {
        try (RawApi api = secureApi();
                LudoClient client = to("localhost", api).build()) {
            TransportException e = assertThrows(TransportException.class, client::health);
            assertThat(e.attempts(), is(1));
            assertThat(api.asked.size(), is(0));
            assertThat(client.poolState().open(), is(0));
        }
    }

    @Test
    void aServerOfAnotherNameIsNotTrusted() throws IOException {
        try (RawApi api = secureApi();
                LudoClient client = to("127.0.0.1", api).sslContext(context).build()) {
            assertThat(assertThrows(TransportException.class, client::health).attempts(), is(1));
            assertThat(api.asked.size(), is(0));
        }
    }

    @Test
    void aProxyLeadsATunnelAndSeesNothing() throws IOException {
        try (RawApi api = secureApi();
                RawApi proxy = tunnelTo(api);
                LudoClient client = to("localhost", api)
                        .sslContext(context)
                        .httpProxy(URI.create("http://127.0.0.1:" + proxy.port()))
                        .build()) {
            assertThat(client.health().isOk(), is(true));
            assertThat(client.health().isOk(), is(true));
            assertThat(proxy.asked.getFirst().target(), is("localhost:" + api.port()));
            assertThat(proxy.connections(), is(1));
        }
    }

    /** A server that upgrades nothing: that it was asked at all is what is tested. */
    private static RejectedException refusedSocket(LudoClient client) {
        return assertThrows(
                RejectedException.class,
                () -> client.watch(RoomCode.of("K7Q2MX")).open());
    }

    @Test
    void aSocketTrustsWhomTheCallsTrust() throws IOException {
        try (RawApi api = secureApi();
                LudoClient client = to("localhost", api).sslContext(context).build();
                LudoClient other = to("127.0.0.1", api).sslContext(context).build();
                LudoClient suspicious = to("localhost", api).build()) {
            assertThat(refusedSocket(client).status(), is(200));
            assertThat(api.asked.getFirst().target(), is("/ws"));
            assertThrows(
                    TransportException.class,
                    () -> other.watch(RoomCode.of("K7Q2MX")).open());
            assertThrows(
                    TransportException.class,
                    () -> suspicious.watch(RoomCode.of("K7Q2MX")).open());
            assertThat(api.asked.size(), is(1));
        }
    }

    @Test
    void aSocketGoesThroughTheProxyThatTheCallsGoThrough() throws Exception {
        try (RawApi api = secureApi();
                RawApi proxy = tunnelTo(api);
                LudoClient client = to("localhost", api)
                        .sslContext(context)
                        .httpProxy(URI.create("http://127.0.0.1:" + proxy.port()), "ann", Secret.of("pass-word"))
                        .build()) {
            assertThat(refusedSocket(client).status(), is(200));
            assertThat(proxy.asked.getFirst().method(), is("CONNECT"));
            assertThat(proxy.asked.getFirst().target(), is("localhost:" + api.port()));
            assertThat(proxy.asked.getFirst().headers().get("proxy-authorization"), is("Basic YW5uOnBhc3Mtd29yZA=="));
            assertThat(proxy.asked.getFirst().headers().containsKey("authorization"), is(false));
        }
    }

    @Test
    void aSocketToAPlainServerIsTunnelledToo() throws Exception {
        try (RawApi api = RawApi.answering(RawApi.OK);
                RawApi proxy = tunnelTo(api);
                LudoClient client = LudoClient.builder()
                        .apiKey("lk_test_demo")
                        .baseUri(api.uri())
                        .httpProxy(URI.create("http://127.0.0.1:" + proxy.port()))
                        .build()) {
            assertThat(refusedSocket(client).status(), is(200));
            assertThat(proxy.asked.getFirst().method(), is("CONNECT"));
            assertThat(api.asked.getFirst().target(), is("/ws"));
        }
    }

    @Test
    void aProxyThatRefusesASocketIsAFailureWithoutAConnectionLeft() throws Exception {
        try (RawApi proxy = RawApi.answering(RawApi.answer(407, "who?"));
                LudoClient client = LudoClient.builder()
                        .apiKey("lk_test_demo")
                        .baseUri(URI.create("https://localhost:9/v1"))
                        .httpProxy(URI.create("http://127.0.0.1:" + proxy.port()))
                        .build()) {
            assertThrows(
                    TransportException.class,
                    () -> client.watch(RoomCode.of("K7Q2MX")).open());
            assertThat(proxy.asked.getFirst().method(), is("CONNECT"));
            long end = System.nanoTime() + 20_000_000_000L;
            while (proxy.open() > 0) {
                assertThat("its connection is closed", System.nanoTime() - end < 0, is(true));
                Thread.onSpinWait();
            }
        }
    }

    private static RawApi tunnelTo(RawApi api) throws IOException {
        return new RawApi((asked, socket, out) -> {
            out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
            out.flush();
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
                Thread back = Thread.ofVirtual().start(() -> copy(server, socket));
                copy(socket, server);
                back.join();
            }
            return false;
        });
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // the test is over
        }
    }
}
