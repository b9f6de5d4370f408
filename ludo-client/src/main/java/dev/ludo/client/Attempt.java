package dev.ludo.client;

import dev.ludo.client.http.Failures;
import dev.ludo.core.error.TransportException;
import dev.ludo.core.model.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** One attempt at one call over HTTP/1.1: sends the request, reads the whole answer, and lets go of the connection. */
final class Attempt {
    /** The longest answer that is read, in bytes. */
    static final int MAX_ANSWER = 1024 * 1024;

    private final Http1Client http;
    private final URI base;
    private final String basePath;
    private final Supplier<Secret> apiKey;
    private final String userAgent;

    Attempt(URI base, Supplier<Secret> apiKey, Duration connectTimeout, Duration readTimeout, String userAgent) {
        this.base = base;
        this.basePath = base.getRawPath();
        this.apiKey = apiKey;
        this.userAgent = userAgent;
        // Helidon's defaults wait for "100 Continue", leave Nagle on, ask the system for a proxy and follow redirects.
        this.http = Http1Client.builder()
                .baseUri(base.getScheme() + "://" + base.getRawAuthority())
                .connectTimeout(connectTimeout)
                .readTimeout(readTimeout)
                .followRedirects(false)
                .sendExpectContinue(false)
                .shareConnectionCache(false)
                .connectionCacheSize(20)
                .proxy(Proxy.noProxy())
                .socketOptions(options -> options.tcpNoDelay(true))
                .build();
    }

    ApiAnswer send(ApiRequest request) {
        try (Http1ClientResponse response = prepare(request).submit(request.body())) {
            byte[] body = readBody(request, response);
            return new ApiAnswer(response.status().code(), response.headers(), body);
        } catch (IOException | RuntimeException e) {
            throw Failures.of(request.method(), request.path(), base.getAuthority(), e);
        }
    }

    private Http1ClientRequest prepare(ApiRequest request) {
        Http1ClientRequest out = http.method(Method.create(request.method()))
                // This pair sends percent-encoded text as it is; uri() would decode it and let a value leave its
                // segment.
                .skipUriEncoding(true)
                .path(basePath + request.target())
                .header(HeaderNames.AUTHORIZATION, "Bearer " + apiKey.get().reveal())
                .header(HeaderValues.ACCEPT_JSON)
                .header(HeaderNames.USER_AGENT, userAgent);
        request.headers().forEach((name, value) -> out.header(HeaderNames.create(name), value));
        if (request.body().length > 0) {
            out.header(HeaderValues.CONTENT_TYPE_JSON);
        }
        return out;
    }

    private static byte[] readBody(ApiRequest request, Http1ClientResponse response) throws IOException {
        if (!response.entity().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = response.entity().inputStream()) {
            byte[] body = in.readNBytes(MAX_ANSWER + 1);
            if (body.length > MAX_ANSWER) {
                throw new TransportException(
                        request.method(), request.path(), "was answered with more than " + MAX_ANSWER + " bytes", null);
            }
            return body;
        }
    }

    void close() {
        http.closeResource();
    }
}
