package dev.ludo.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ludo.core.error.CallDetails;
import dev.ludo.core.error.Failure;
import dev.ludo.core.event.MoveResult;
import dev.ludo.core.event.RoomCommand;
import dev.ludo.core.event.RoomEvent;
import dev.ludo.core.event.RoomMessage;
import dev.ludo.core.event.Sequence;
import dev.ludo.core.model.GameId;
import dev.ludo.core.model.Page;
import dev.ludo.core.model.PieceId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.PlayerName;
import dev.ludo.core.model.PlayerStats;
import dev.ludo.core.model.Position;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.WebhookId;
import dev.ludo.core.webhook.WebhookEvent;
import dev.ludo.core.webhook.WebhookHeaders;
import dev.ludo.core.webhook.WebhookVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every type that goes over the wire, found among the classes, and how each is written and read. */
final class Wire {
    private static final List<String> PACKAGES = List.of("model", "event", "error", "webhook");

    /** One value inside another record: a word, a number or a name. */
    private static final Set<Class<?>> VALUES = Set.of(
            GameId.class,
            PlayerId.class,
            PlayerName.class,
            RoomCode.class,
            WebhookId.class,
            PieceId.class,
            Position.class,
            Sequence.class);

    /** What stays inside of a program. */
    private static final Set<Class<?>> INSIDE = Set.of(
            CallDetails.class,
            WebhookHeaders.class,
            WebhookVerification.Verified.class,
            WebhookVerification.Rejected.class);

    private Wire() {}

    /** All records of the packages that hold wire types, but for those that never stand on the wire by themselves. */
    static List<Class<? extends Record>> types() {
        try {
            Path classes = Path.of(LudoJson.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(classes)) {
                return files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                        .filter(name -> name.endsWith(".class")
                                && PACKAGES.stream().anyMatch(p -> name.startsWith("dev.ludo.core." + p + '.')))
                        .map(name -> load(name.substring(0, name.length() - ".class".length())))
                        .filter(type -> type.isRecord() && !VALUES.contains(type) && !INSIDE.contains(type))
                        .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                        .sorted((a, b) -> name(a).compareTo(name(b)))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Such as {@code RoomEvent.DiceRolled}. */
    static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : outer.getSimpleName() + '.' + type.getSimpleName();
    }

    static String write(Record value) {
        return switch (value) {
            case RoomEvent event -> MessageCodec.write(Any.message(event));
            case RoomMessage message -> MessageCodec.write(message);
            case RoomCommand command -> CommandCodec.write(command);
            case WebhookEvent event -> WebhookCodec.write(event);
            case MoveResult result -> MessageCodec.write(result);
            case Failure failure -> Envelope.failure(failure);
            case Page<?> page -> Envelope.page(page);
            default -> LudoJson.write(value);
        };
    }

    /** Reads what {@link #write} wrote. */
    static Object read(byte[] utf8, Class<? extends Record> type) {
        if (RoomEvent.class.isAssignableFrom(type)) {
            return MessageCodec.read(utf8, Any.EPOCH).event();
        }
        if (RoomCommand.class.isAssignableFrom(type)) {
            return CommandCodec.read(LudoJson.parseObject(utf8)).orElseThrow();
        }
        if (WebhookEvent.class.isAssignableFrom(type)) {
            return WebhookCodec.read(utf8);
        }
        if (type == RoomMessage.class) {
            return MessageCodec.read(utf8, Any.EPOCH);
        }
        if (type == MoveResult.class) {
            // Only what is a text of its own may stand in an envelope.
            LudoJson.parseObject(utf8);
            byte[] body = utf8("{\"data\":" + new String(utf8, UTF_8) + '}');
            return MessageCodec.readMoveResult(LudoJson.parseObject(body), body);
        }
        if (type == Failure.class) {
            return Envelope.readFailure(LudoJson.parseObject(utf8));
        }
        if (type == Page.class) {
            return Envelope.readPage(LudoJson.parseObject(utf8), PlayerStats.class);
        }
        return LudoJson.read(utf8, type);
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
