package dev.ludo.server;

import dev.ludo.client.LudoClient;
import dev.ludo.core.error.MalformedJsonException;
import dev.ludo.core.json.WebhookCodec;
import dev.ludo.server.api.CachedReads;
import dev.ludo.server.inbox.FileInbox;
import dev.ludo.server.inbox.InboxNews;
import dev.ludo.server.inbox.StandbyInbox;
import dev.ludo.server.ops.Metrics;
import dev.ludo.server.ops.WebhookMetrics;
import dev.ludo.server.webhook.ActiveSecrets;
import dev.ludo.server.webhook.Deliveries;
import dev.ludo.server.webhook.Subscriber;
import dev.ludo.server.webhook.SubscriptionNews;
import dev.ludo.server.webhook.Subscriptions;
import dev.ludo.server.webhook.WebhookConfig;
import dev.ludo.server.worker.Worker;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;

/** What takes webhooks, put together. */
final class Webhooks implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Webhooks.class.getName());

    final Deliveries deliveries;
    private final Optional<InboxNews> news;
    private final Optional<Subscriber> subscriber;

    Webhooks(WebhookConfig config, StandbyInbox inbox, LudoClient client, CachedReads reads, Metrics metrics) {
        ActiveSecrets secrets = new ActiveSecrets(config.secrets(), Clock.systemUTC());
        WebhookMetrics counted = new WebhookMetrics(metrics);
        Optional<Subscriptions> subscriptions =
                config.publicUrl().map(url -> new Subscriptions(config.folder(), client));
        this.deliveries = new Deliveries(
                secrets,
                subscriptions.map(shared -> new SubscriptionNews(shared, secrets, System::nanoTime)),
                inbox,
                body -> drop(reads, body),
                counted);
        this.news = inbox.held().isPresent()
                ? Optional.empty()
                : Optional.of(new InboxNews(config.folder(), () -> inbox.held().isPresent(), entry -> {
                            counted.heard();
                            drop(reads, entry.body());
                        })
                        .start());
        this.subscriber = subscriptions.flatMap(shared -> config.publicUrl()
                .map(url -> new Subscriber(shared, Subscriptions.receiver(url), secrets, Thread::sleep)));
        metrics.gauge(
                        "ludo_inbox_held",
                        "1 if this process holds the inbox, 0 if another does.",
                        () -> inbox.held().isPresent() ? 1 : 0)
                .gauge(
                        "ludo_inbox_waiting",
                        "Webhooks that wait to be written to the inbox.",
                        () -> inbox.held().map(FileInbox::waiting).orElse(0))
                .gauge(
                        "ludo_inbox_bytes",
                        "How large the inbox is on the disk, if this process holds it.",
                        () -> inbox.held().map(FileInbox::bytes).orElse(0L))
                .gauge(
                        "ludo_inbox_ids",
                        "Ids by which a webhook that comes again is known, if this process holds the inbox.",
                        () -> inbox.held().map(FileInbox::idsKnown).orElse(0L))
                .gauge(
                        "ludo_inbox_ids_bytes",
                        "How much memory these ids take.",
                        () -> inbox.held().map(FileInbox::idsBytes).orElse(0L))
                .gauge(
                        "ludo_inbox_trouble",
                        "1 while what another process accepts cannot be read here.",
                        () -> news.map(InboxNews::trouble).orElse("").isEmpty() ? 0 : 1)
                .gauge(
                        "ludo_inbox_forgetting",
                        "Requests to take a player out of the inbox that are not done yet, if this process holds it.",
                        () -> inbox.held().map(FileInbox::forgetting).orElse(0));
    }

    /** Opens the inbox. */
    static StandbyInbox inbox(WebhookConfig config) {
        try {
            return new StandbyInbox(
                    config.folder(),
                    () -> FileInbox.open(
                            config.folder(),
                            config.kept(),
                            () -> Worker.firstUnread(config.folder()),
                            Clock.systemUTC()),
                    System::nanoTime);
        } catch (UncheckedIOException e) {
            throw new BadSettingException("LUDO_DATA_DIR names a folder that cannot hold the inbox: " + e.getMessage());
        }
    }

    private static void drop(CachedReads reads, byte[] body) {
        try {
            reads.heardFrom(WebhookCodec.read(body));
        } catch (MalformedJsonException e) {
            // Whoever acts upon it will tell; it is genuine, and kept.
            LOGGER.log(Level.DEBUG, "a webhook that was accepted cannot be read", e);
        }
    }

    @Override
    public void close() {
        subscriber.ifPresent(Subscriber::close);
        news.ifPresent(InboxNews::close);
        deliveries.close();
    }
}
