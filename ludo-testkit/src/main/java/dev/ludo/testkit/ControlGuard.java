package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps web pages of other sites away from the control API, which asks for no key: the Host of a call must be this
 * machine's, by one of the names that only this machine has, and an Origin, if there is one, must be the same as the Host.
 */
final class ControlGuard {
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String configuredHost;

    ControlGuard(String configuredHost) {
        this.configuredHost = configuredHost.toLowerCase(Locale.ROOT);
    }

    void check(Call call) {
        String host = call.header("Host").orElse("").toLowerCase(Locale.ROOT);
        String name = host.replaceFirst(":\\d*$", "");
        if (!OWN_NAMES.contains(name) && !name.equals(configuredHost) && !name.equals(call.localAddress())) {
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
                "the control API takes calls from this machine only, and its " + header + " is another's",
                header,
                "is foreign");
    }
}
