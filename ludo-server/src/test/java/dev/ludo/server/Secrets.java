package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.ludo.core.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not be seen in the tests' answers, logs and output: keys and tokens by their form, and those that a test shows by
 * their text. Thread-safe.
 */
public final class Secrets {
    /** The API key of the proxies in tests. */
    public static final Secret API_KEY = Secret.of("lk_live_canary_0123456789");

    // Keys of the API; what tests call so; the fake's player tokens, session tokens and webhook secrets.
    private static final Pattern KEYS = Pattern.compile("lk_(test|live)\\w*");
    private static final Pattern TOKENS = Pattern.compile(
            "(?i:canary)[\\w-]*|\\bpt_[0-9a-z]{29}" + "|eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\\.\\w+|whsec_[\\w+/]{6,}");

    // Shorter ones are words that stand in sentences too.
    private static final int SHORTEST = 12;

    private static final Set<String> SHOWN = ConcurrentHashMap.newKeySet();
    private static final Queue<String> TOLD = new ConcurrentLinkedQueue<>();

    private Secrets() {}

    /** Takes what a caller sends in a header, of which some are secret. */
    static void sent(String header, String value) {
        switch (header) {
            case "Authorization" -> learn(value.replaceFirst("(?i)^bearer +", ""));
            case "X-Session-Token", "X-Player-Token" -> learn(value);
            default -> {}
        }
    }

    private static void learn(String secret) {
        if (secret.length() >= SHORTEST) {
            SHOWN.add(secret);
        }
    }

    /** Looks through what was logged, printed or answered. */
    public static void look(String where, String text) {
        tokenIn(text).or(() -> keyIn(text)).ifPresent(secret -> TOLD.add(secret + " in " + where + ": " + text));
    }

    /** Looks through an answer, of which some are made to tell their caller a token. */
    static void lookAtAnswer(String method, String path, String text) {
        if (method.equals("POST") && path.matches("/players|/rooms/[^/]+/join")) {
            keyIn(text).ifPresent(secret -> TOLD.add(secret + " in the answer to " + path + ": " + text));
        } else {
            look("the answer to " + method + ' ' + path, text);
        }
    }

    /** Looks through bytes on their way to a caller, which may hold that caller's own tokens but never a key. */
    static void lookAtWire(String text) {
        keyIn(text).ifPresent(key -> TOLD.add(key + " on the wire: " + text));
    }

    private static Optional<String> keyIn(String text) {
        return first(KEYS, text);
    }

    private static Optional<String> tokenIn(String text) {
        return first(TOKENS, text)
                .or(() -> SHOWN.stream().filter(text::contains).findFirst());
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /** Fails if a secret was seen since the last time. */
    static void assertNoneTold() {
        List<String> told = new ArrayList<>();
        for (String one = TOLD.poll(); one != null; one = TOLD.poll()) {
            told.add(one);
        }
        assertThat("secrets that were told", told, is(List.of()));
    }
}
