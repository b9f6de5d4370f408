package dev.ludo.server.guard;

import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.ServerRequestHeaders;

/**
 * What stands in the place of a request where the bytes are none.
 *
 * @param why why they are none, in words that may be told to whoever sent them
 */
public record NoRequest(String why) implements TransportRequest {
    @Override
    public String protocolVersion() {
        return TransportRequest.empty().protocolVersion();
    }

    @Override
    public String method() {
        return TransportRequest.empty().method();
    }

    @Override
    public String path() {
        return TransportRequest.empty().path();
    }

    @Override
    public ServerRequestHeaders headers() {
        return TransportRequest.empty().headers();
    }
}
