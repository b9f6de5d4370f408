package dev.ludo.client;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Optional;

/**
 * The API's answer as it came: status, headers and bytes. For those who pass it on, and for calls that have no record here.
 *
 * <p>Immutable, but for the array, which is not copied: it belongs to whoever asked.
 */
public final class ApiAnswer {
    private final int status;
    private final Headers headers;
    private final byte[] body;

    ApiAnswer(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * The HTTP status.
     *
     * @return 200 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Whether the API did what was asked.
     *
     * @return whether the status is 200 to 299
     */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its first value, if it is there
     */
    public Optional<String> header(String name) {
        return headers.first(HeaderNames.create(name));
    }

    /**
     * The body.
     *
     * @return the bytes themselves, not a copy; empty if there is none
     */
    public byte[] body() {
        return body;
    }
}
