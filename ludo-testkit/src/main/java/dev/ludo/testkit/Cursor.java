package dev.ludo.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ludo.core.model.Page;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a list goes on: the number of the last element that a page had, as an opaque text. */
final class Cursor {
    private static final Pattern NUMBER = Pattern.compile("after:(\\d{1,18})");

    private Cursor() {}

    /** The number after which the page that is asked for begins. */
    static OptionalLong in(Call call) {
        Optional<String> text = call.query("cursor");
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(text.get()));
    }

    private static long number(String text) {
        Matcher number = NUMBER.matcher(decoded(text));
        if (!number.matches()) {
            throw ApiRoutes.invalid("cursor", "must be the nextCursor of another answer");
        }
        return Long.parseLong(number.group(1));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), US_ASCII);
        } catch (IllegalArgumentException e) {
            return ""; // which is no cursor either
        }
    }

    /** A page of the first elements of those that are left. */
    static <T> Page<T> page(Iterator<T> left, int limit, ToLongFunction<T> number) {
        List<T> items = new ArrayList<>();
        while (items.size() < limit && left.hasNext()) {
            items.add(left.next());
        }
        return left.hasNext()
                ? new Page<>(items, Optional.of(text(number.applyAsLong(items.getLast()))))
                : Page.last(items);
    }

    private static String text(long number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("after:" + number).getBytes(US_ASCII));
    }
}
