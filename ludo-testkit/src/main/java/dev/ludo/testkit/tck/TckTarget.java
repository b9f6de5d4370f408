package dev.ludo.testkit.tck;

import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The API that the cases are run against: where it is, how it is called, and what it does not have.
 *
 * {@snippet :
 * TckTarget.upstream(URI.create("https://staging.example/v1"), URI.create("wss://staging.example/ws"), Secret.of(key))
 *         .without(TckFeature.WEBHOOKS)
 *         .withPatience(Duration.ofMinutes(2));
 * }
 *
 * <p>A value: immutable, and its text shows no header's value.
 */
public final class TckTarget {
    /** How long an answer or a message may take unless the target says otherwise: 10 seconds. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);

    private static final String CODE = "{code}";

    private final String baseUri;
    private final String socketUri;
    private final Map<String, String> headers;
    private final Set<TckFeature> features;
    private final Duration deadline;
    private final Duration patience;

    private TckTarget(
            String baseUri,
            String socketUri,
            Map<String, String> headers,
            Set<TckFeature> features,
            Duration deadline,
            Duration patience) {
        this.baseUri = baseUri;
        this.socketUri = socketUri;
        this.headers = headers;
        this.features = features;
        this.deadline = deadline;
        this.patience = patience;
    }

    /**
     * An API as section 1 and 2 of the contract have it, with every feature.
     *
     * @param baseUri below which the calls are, such as {@code https://api.example/v1}
     * @param socketUri where sockets are opened, such as {@code wss://api.example/ws}
     * @param apiKey goes with every call and handshake as {@code Authorization: Bearer …}
     * @return the target
     * @throws IllegalArgumentException if a URI is not absolute, or not of http(s) or ws(s)
     */
    public static TckTarget upstream(URI baseUri, URI socketUri, Secret apiKey) {
        return new TckTarget(
                        checkedBase(baseUri),
                        checkedSocket(socketUri.toString()),
                        Map.of(),
                        EnumSet.allOf(TckFeature.class),
                        DEFAULT_DEADLINE,
                        Duration.ZERO)
                .withHeader("Authorization", "Bearer " + apiKey.reveal());
    }

    /**
     * A proxy as section 4 of the contract has it: it adds the key itself, acts only for who shows a token, has one socket
     * address for each room, and has no {@link TckFeature#API_KEY}, {@link TckFeature#TRUSTED_APPLICATION},
     * {@link TckFeature#RATE_LIMIT_HEADERS} and {@link TckFeature#WEBHOOKS}. Its own limits should be off or high.
     *
     * @param baseUri below which the calls are, such as {@code http://localhost:8000}
     * @return the target
     * @throws IllegalArgumentException if the URI is not absolute or not of http(s)
     */
    public static TckTarget proxy(URI baseUri) {
        String base = checkedBase(baseUri);
        return new TckTarget(
                        base,
                        "ws" + base.substring("http".length()) + "/ws/game/" + CODE,
                        Map.of(),
                        EnumSet.allOf(TckFeature.class),
                        DEFAULT_DEADLINE,
                        Duration.ZERO)
                .without(
                        TckFeature.API_KEY,
                        TckFeature.TRUSTED_APPLICATION,
                        TckFeature.RATE_LIMIT_HEADERS,
                        TckFeature.WEBHOOKS,
                        TckFeature.LOCAL_DELIVERY);
    }

    private static String checkedBase(URI uri) {
        String text = uri.toString();
        require(
                text.startsWith("http://") || text.startsWith("https://"),
                "baseUri must be of http or https, was " + uri);
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String checkedSocket(String template) {
        require(
                template.startsWith("ws://") || template.startsWith("wss://"),
                "socketUri must be of ws or wss, was " + template);
        return template;
    }

    /**
     * The same API with one more header on every call and handshake, such as what a proxy in front wants.
     *
     * @param name the header's name; one that is there is replaced
     * @param value its value
     * @return a new target
     */
    public TckTarget withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new TckTarget(baseUri, socketUri, Collections.unmodifiableMap(more), features, deadline, patience);
    }

    /**
     * The same API with its sockets elsewhere.
     *
     * @param template the address; <code>{code}</code> in it stands for the room's code
     * @return a new target
     * @throws IllegalArgumentException if it is not of ws or wss
     */
    public TckTarget withSocketUri(String template) {
        return new TckTarget(baseUri, checkedSocket(template), headers, features, deadline, patience);
    }

    /**
     * The same API without some features.
     *
     * @param missing what it does not have
     * @return a new target
     */
    public TckTarget without(TckFeature... missing) {
        Set<TckFeature> left = EnumSet.noneOf(TckFeature.class);
        left.addAll(features);
        Arrays.asList(missing).forEach(left::remove);
        return new TckTarget(baseUri, socketUri, headers, left, deadline, patience);
    }

    /**
     * The same API with features that it had not.
     *
     * @param added what it has, such as {@link TckFeature#TRUSTED_APPLICATION} for a proxy that trusts its callers
     * @return a new target
     */
    public TckTarget with(TckFeature... added) {
        Set<TckFeature> all = EnumSet.noneOf(TckFeature.class);
        all.addAll(features);
        all.addAll(Arrays.asList(added));
        return new TckTarget(baseUri, socketUri, headers, all, deadline, patience);
    }

    /**
     * The same API, of which only what the contract marks [A] is expected. All other cases are skipped.
     *
     * @return a new target, without {@link TckFeature#DESIGNED}
     */
    public TckTarget attestedOnly() {
        return without(TckFeature.DESIGNED);
    }

    /**
     * The same API with another time for each answer and each message.
     *
     * @param atMost positive; {@link #DEFAULT_DEADLINE} by default
     * @return a new target
     * @throws IllegalArgumentException if it is not positive
     */
    public TckTarget withDeadline(Duration atMost) {
        require(atMost.isPositive(), "deadline must be positive, was " + atMost);
        return new TckTarget(baseUri, socketUri, headers, features, atMost, patience);
    }

    /**
     * The same API, with which the cases have patience: a call that is answered 429 with {@code Retry-After} is made again
     * after that time.
     *
     * @param inAll how long one case may wait in all, zero by default: then a 429 fails the case
     * @return a new target
     * @throws IllegalArgumentException if it is negative
     */
    public TckTarget withPatience(Duration inAll) {
        require(!inAll.isNegative(), "patience must not be negative, was " + inAll);
        return new TckTarget(baseUri, socketUri, headers, features, deadline, inAll);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * Below what the calls are.
     *
     * @return such as {@code https://api.example/v1}, without a slash at the end
     */
    public URI baseUri() {
        return URI.create(baseUri);
    }

    /**
     * Where the sockets of a room are opened.
     *
     * @param room the room
     * @return the address for it
     */
    public URI socketUri(RoomCode room) {
        return URI.create(socketUri.replace(CODE, room.value()));
    }

    /**
     * What goes with every call and handshake.
     *
     * @return the headers by name, unmodifiable
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Whether the API has a feature.
     *
     * @param feature which one
     * @return whether it is expected to be there
     */
    public boolean offers(TckFeature feature) {
        return features.contains(feature);
    }

    /**
     * How long each answer and each message may take.
     *
     * @return a positive time
     */
    public Duration deadline() {
        return deadline;
    }

    /**
     * How long one case may wait for a rate limit.
     *
     * @return zero or more
     */
    public Duration patience() {
        return patience;
    }

    /** Where it is and what it has, without the headers' values. */
    @Override
    public String toString() {
        return "TckTarget[" + baseUri + ", " + socketUri + ", headers " + headers.keySet() + ", " + features + ']';
    }
}
