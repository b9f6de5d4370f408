package dev.ludo.server;

import java.util.Arrays;
import java.util.Locale;

/** What a process does. */
enum Role {
    /** It serves callers, and accepts webhooks. */
    API,
    /** It works on the webhooks that were accepted. */
    WORKER,
    /** Both. */
    ALL;

    static Role read(Settings settings) {
        String text = settings.text(Setting.LUDO_ROLE).orElse(API.word());
        return Arrays.stream(values())
                .filter(role -> role.word().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new BadSettingException("LUDO_ROLE must be one of api, worker, all, was \"" + text + '"'));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
