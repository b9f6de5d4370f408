package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps web pages of other sites away from the control API, which asks for no key: the Host of a call must be an address or a
 * name without a dot, which no site has, or the one that the fake listens on; and an Origin, if there is one, must be the same as
 * the Host. A page that has its own name lead here, against the browser's rules, is known by that name.
 */
final class ControlGuard {
    private static final Pattern NOBODYS_SITE = Pattern.compile("\\[[0-9a-f:.]+]|\\d{1,3}(\\.\\d{1,3}){3}|[a-z0-9_-]+");

    private final String configuredHost;

    ControlGuard(String configuredHost) {
        this.configuredHost = configuredHost.toLowerCase(Locale.ROOT);
    }

    void check(Call call) {
        String host = call.header("Host").orElse("").toLowerCase(Locale.ROOT);
        String name = host.replaceFirst(":\\d*$", "");
        if (!NOBODYS_SITE.matcher(name).matches() && !name.equals(configuredHost)) {
            throw foreign("Host");
        }
        call.header("Origin")
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .filter(origin -> !origin.equals("http://" + host))
                .ifPresent(origin -> {
                    throw foreign("Origin");
                });
    }

    private static ApiFailure foreign(String header) {
        return ApiFailure.of(
                ErrorCode.FORBIDDEN,
                "the control API takes no calls of web pages elsewhere, and its " + header + " is another's",
                header,
                "is foreign");
    }
}
