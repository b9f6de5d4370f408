package dev.ludo.client;

import dev.ludo.client.resilience.BulkheadConfig;
import dev.ludo.client.resilience.CircuitBreakerConfig;
import dev.ludo.client.resilience.RetryConfig;
import io.helidon.common.config.Config;
import io.helidon.common.tls.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The settings of a client as a node of Helidon Config has them. */
final class ConfigSettings {
    private static final String TLS = "tls";

    private final Config config;
    private final Set<String> known = new TreeSet<>();

    private ConfigSettings(Config config) {
        this.config = config;
    }

    static void apply(Config config, LudoClientBuilder to) {
        ConfigSettings settings = new ConfigSettings(config);
        settings.whereAndWho(to);
        settings.howLong(to);
        settings.howMuch(to);
        settings.retry(to);
        settings.circuitBreaker(to);
        settings.refuseOthers();
    }

    private void whereAndWho(LudoClientBuilder to) {
        set("base-uri", text -> to.baseUri(URI.create(text)));
        set("ws-uri", to::wsUri);
        set("api-key", to::apiKey);
        set("api-key-file", text -> to.apiKeyFile(Path.of(text)));
        set("allow-http", text -> to.allowHttp(EnvironmentSettings.flag(text)));
        set("user-agent", to::userAgent);
        set("gzip", text -> to.gzip(EnvironmentSettings.flag(text)));
        set("http-proxy", text -> to.httpProxy(URI.create(text)));
        set("adapt-to-rate-limit", text -> to.adaptToRateLimit(EnvironmentSettings.flag(text)));
        if (config.get(TLS).exists()) {
            to.sslContext(Tls.create(config.get(TLS)).sslContext());
        }
    }

    private void howLong(LudoClientBuilder to) {
        set("connect-timeout", text -> to.connectTimeout(Duration.parse(text)));
        set("read-timeout", text -> to.readTimeout(Duration.parse(text)));
        set("write-timeout", text -> to.writeTimeout(Duration.parse(text)));
        set("deadline", text -> to.deadline(Duration.parse(text)));
        set("command-timeout", text -> to.commandTimeout(Duration.parse(text)));
        set("join-silence", text -> to.joinSilence(Duration.parse(text)));
    }

    private void howMuch(LudoClientBuilder to) {
        set("pool.max-idle", text -> to.pool(new PoolConfig(Integer.parseInt(text), to.pool.idleTime())));
        set("pool.idle-time", text -> to.pool(new PoolConfig(to.pool.maxIdle(), Duration.parse(text))));
        set("bulkhead.total", text -> {
            BulkheadConfig was = to.bulkhead;
            to.bulkhead(new BulkheadConfig(Integer.parseInt(text), was.perHost(), was.maxWait()));
        });
        set("bulkhead.per-host", text -> {
            BulkheadConfig was = to.bulkhead;
            to.bulkhead(new BulkheadConfig(was.total(), Integer.parseInt(text), was.maxWait()));
        });
        set("bulkhead.max-wait", text -> {
            BulkheadConfig was = to.bulkhead;
            to.bulkhead(new BulkheadConfig(was.total(), was.perHost(), Duration.parse(text)));
        });
    }

    // Those that are checked against each other are set together.
    private void retry(LudoClientBuilder to) {
        RetryConfig was = to.retry;
        set("retry.attempts", text -> to.retry(to.retry.withAttempts(Integer.parseInt(text))));
        Duration base = duration("retry.base", was.base());
        Duration cap = duration("retry.cap", was.cap());
        int budget = integer("retry.budget", was.budget());
        int cost = integer("retry.cost", was.retryCost());
        together("retry", () -> to.retry(to.retry.withWaits(base, cap).withBudget(budget, cost)));
    }

    private void circuitBreaker(LudoClientBuilder to) {
        CircuitBreakerConfig was = to.circuitBreaker;
        double[] rate = {was.failureRate()};
        set("circuit-breaker.failure-rate", text -> rate[0] = Double.parseDouble(text));
        int minimumCalls = integer("circuit-breaker.minimum-calls", was.minimumCalls());
        Duration window = duration("circuit-breaker.window", was.window());
        Duration openTime = duration("circuit-breaker.open-time", was.openTime());
        Duration maxOpenTime = duration("circuit-breaker.max-open-time", was.maxOpenTime());
        int trials = integer("circuit-breaker.trials", was.trials());
        together(
                "circuit-breaker",
                () -> to.circuitBreaker(
                        new CircuitBreakerConfig(rate[0], minimumCalls, window, openTime, maxOpenTime, trials)));
    }

    private void together(String name, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(config.key() + "." + name + ": " + e.getMessage(), e);
        }
    }

    private void set(String key, EnvironmentSettings.Setter setter) {
        known.add(key);
        EnvironmentSettings.set(
                config.key() + "." + key, config.get(key).asString().asOptional(), setter);
    }

    private Duration duration(String key, Duration otherwise) {
        Duration[] value = {otherwise};
        set(key, text -> value[0] = Duration.parse(text));
        return value[0];
    }

    private int integer(String key, int otherwise) {
        int[] value = {otherwise};
        set(key, text -> value[0] = Integer.parseInt(text));
        return value[0];
    }

    private void refuseOthers() {
        Map<String, String> all = config.detach().asMap().asOptional().orElse(Map.of());
        for (String key : new TreeSet<>(all.keySet())) {
            if (!known.contains(key) && !key.startsWith(TLS + '.') && !key.isEmpty()) {
                throw new IllegalArgumentException(config.key() + "." + key + " is no setting of the client");
            }
        }
    }
}
