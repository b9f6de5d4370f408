package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Sends the answer to one call: whole, in pieces, or only the beginning of it. */
final class AnswerSender {
    static final String REQUEST_ID = "X-Request-Id";

    private final Call call;
    private final ServerResponse response;
    private final Wire wire;
    private final CallRecord journal;

    AnswerSender(Call call, ServerResponse response, Wire wire, CallRecord journal) {
        this.call = call;
        this.response = response;
        this.wire = wire;
        this.journal = journal;
    }

    Wire wire() {
        return wire;
    }

    /** Sends it, and ends the connection if it must end with this call. */
    void whole(Answer answer) {
        journal.end(answer);
        sendWhole(answer);
    }

    private void sendWhole(Answer answer) {
        byte[] body = answer.body().getBytes(UTF_8);
        boolean close = prepare(answer, body.length);
        if (call.isHead() || body.length == 0) {
            response.send();
        } else {
            response.send(body);
        }
        endIf(close);
    }

    /** Sends it in pieces of so many bytes of the body, and does something before each but the first. */
    void inPieces(Answer answer, int pieceBytes, Runnable between) {
        journal.end(answer);
        byte[] body = answer.body().getBytes(UTF_8);
        if (call.isHead() || body.length <= pieceBytes) {
            sendWhole(answer);
            return;
        }
        boolean close = prepare(answer, body.length);
        response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        try (OutputStream out = response.outputStream()) {
            for (int at = 0; at < body.length; at += pieceBytes) {
                if (at > 0) {
                    between.run();
                }
                out.write(body, at, Math.min(pieceBytes, body.length - at));
                out.flush();
            }
        } catch (IOException e) {
            throw new CloseConnectionException("the caller did not wait for the whole answer", e);
        }
        endIf(close);
    }

    /** Sends its head and so many bytes of its body, but never all; without a body half of the head. */
    void beginning(Answer answer, int bytes) {
        journal.end(answer);
        byte[] body = answer.body().getBytes(UTF_8);
        byte[] head = head(answer, body.length).getBytes(UTF_8);
        if (call.isHead() || body.length == 0) {
            wire.write(Arrays.copyOf(head, head.length / 2));
            return;
        }
        int sent = Math.min(bytes, body.length - 1);
        byte[] all = Arrays.copyOf(head, head.length + sent);
        System.arraycopy(body, 0, all, head.length, sent);
        wire.write(all);
    }

    /** Sends nothing of it. */
    void nothing(Answer answer) {
        journal.end(answer);
    }

    private String head(Answer answer, int bodyBytes) {
        StringBuilder head = new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(answer.status())
                .append(' ')
                .append(Status.create(answer.status()).reasonPhrase())
                .append("\r\n");
        answer.with(REQUEST_ID, call.requestId())
                .headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("Content-Type: application/json\r\nContent-Length: ")
                .append(bodyBytes)
                .append("\r\n\r\n")
                .toString();
    }

    /** Sets status and headers; says whether the connection must end with this call. */
    private boolean prepare(Answer answer, int bodyBytes) {
        boolean close = call.mustClose();
        if (close) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        response.status(Status.create(answer.status()));
        response.header(REQUEST_ID, call.requestId());
        if (bodyBytes > 0) {
            response.header(HeaderValues.CONTENT_TYPE_JSON);
            if (call.isHead()) {
                response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(bodyBytes));
            }
        }
        answer.headers().forEach(response::header);
        return close;
    }

    private void endIf(boolean close) {
        if (close) {
            call.drain();
            // The server would say so and keep the connection open.
            throw new CloseConnectionException("the connection ends with this answer");
        }
    }
}
