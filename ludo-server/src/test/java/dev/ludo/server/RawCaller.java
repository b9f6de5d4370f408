package dev.ludo.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which a test writes what it likes, and reads answers one after another. */
public final class RawCaller implements AutoCloseable {
    /** An answer as it came. */
    public record Answer(int status, String head, String body) {
        /** A header, if it is there. */
        public Optional<String> header(String name) {
            String lower = name.toLowerCase(Locale.ROOT) + ':';
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(lower))
                    .map(line -> line.substring(lower.length()).strip())
                    .findFirst();
        }
    }

    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1");

    private final Socket socket;
    private final InputStream in;
    private String method = "-";
    private String path = "-";

    public RawCaller(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String text) {
        Matcher begin = REQUEST_LINE.matcher(text);
        if (begin.lookingAt()) {
            method = begin.group(1);
            path = begin.group(2);
        }
        for (String line : text.split("\r\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                Secrets.sent(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void endInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer, which must have a length. */
    public Answer read() {
        try {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    throw new IOException("the connection ended within the head: " + head);
                }
                head.append((char) c);
            }
            Answer bare = new Answer(Integer.parseInt(head.substring(9, 12)), head.toString(), "");
            int length = bare.header("Content-Length").map(Integer::parseInt).orElse(0);
            Answer answer = new Answer(bare.status(), bare.head(), new String(in.readNBytes(length), ISO_8859_1));
            Secrets.lookAtAnswer(method, path, answer.head() + answer.body());
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the connection ends here, without anything more. */
    public boolean ends() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
