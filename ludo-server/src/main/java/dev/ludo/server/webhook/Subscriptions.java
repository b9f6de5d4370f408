package dev.ludo.server.webhook;

import dev.ludo.client.CallOptions;
import dev.ludo.client.LudoClient;
import dev.ludo.core.error.CallException;
import dev.ludo.core.error.ErrorCode;
import dev.ludo.core.error.RejectedException;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.WebhookEventType;
import dev.ludo.core.model.WebhookSubscription;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one subscription by which the API delivers to all processes that share a data folder. It outlives them, and is kept in the
 * folder with its secret. Thread-safe.
 */
public final class Subscriptions {
    private static final Logger LOG = System.getLogger(Subscriptions.class.getName());

    private static final List<WebhookEventType> ALL_EVENTS = Arrays.stream(WebhookEventType.values())
            .filter(type -> type != WebhookEventType.UNKNOWN)
            .toList();

    private final SubscriptionFile file;
    private final LudoClient client;

    /**
     * The subscription of a folder.
     *
     * @param folder the data folder
     * @param client asks the API
     */
    public Subscriptions(Path folder, LudoClient client) {
        this.file = new SubscriptionFile(folder);
        this.client = client;
    }

    /**
     * Where a proxy takes deliveries.
     *
     * @param publicUrl where the API reaches the proxy
     * @return the address of its receiver
     */
    public static URI receiver(URI publicUrl) {
        String base = publicUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/webhooks/ludo");
    }

    /**
     * Sees to it that the API delivers: by the subscription that is kept, or else by a new one.
     *
     * @param url where to deliver
     * @param secret takes the secret as soon as it is known, perhaps twice
     * @throws CallException if the API does not do it; a secret that is kept is told before
     * @throws IOException if the folder cannot be used
     * @throws IllegalArgumentException if {@code secret} does not take one; it is not kept then
     * @throws InterruptedException if the thread is interrupted while another process does the same
     */
    public void subscribe(URI url, Consumer<Secret> secret) throws IOException, InterruptedException {
        file.locked(() -> {
            Optional<WebhookSubscription> kept = file.read();
            kept.flatMap(WebhookSubscription::secret).ifPresent(secret);
            if (kept.isPresent()) {
                if (isStillThere(kept.get(), url)) {
                    return kept;
                }
                file.delete();
            }
            return Optional.of(create(url, secret));
        });
    }

    /** The secret that is kept, by whichever process; empty if there is none. Waits for nobody. */
    Optional<Secret> secret() throws IOException {
        return file.read().flatMap(WebhookSubscription::secret);
    }

    private boolean isStillThere(WebhookSubscription kept, URI url) {
        boolean there = client.webhooks().list().stream()
                .anyMatch(subscription -> subscription.id().equals(kept.id()));
        if (!there) {
            LOG.log(
                    Level.WARNING,
                    "the API does not know the subscription {0} any more; it is asked for another",
                    kept.id());
        } else if (!kept.url().equals(url)) {
            LOG.log(
                    Level.WARNING,
                    "the API delivers to {0} and not to {1}; to change that, end the subscription with"
                            + " \"./ludo worker unsubscribe\" and start again",
                    kept.url(),
                    url);
        }
        return there;
    }

    private WebhookSubscription create(URI url, Consumer<Secret> secret) throws IOException {
        CallOptions sameCall = CallOptions.NONE.withIdempotencyKey(file.key(url.toString()));
        WebhookSubscription made = ask(url, sameCall);
        secret.accept(made.secret()
                .orElseThrow(() -> new IOException("the API gave the subscription " + made.id() + " no secret")));
        file.write(made); // only now: one that cannot be used must not be kept
        LOG.log(Level.INFO, "the API delivers to {0} from now on, by the subscription {1}", url, made.id());
        return made;
    }

    private WebhookSubscription ask(URI url, CallOptions options) throws IOException {
        try {
            return client.with(options).webhooks().create(new NewWebhook(url, ALL_EVENTS));
        } catch (RejectedException e) {
            if (e.status() < 500 && e.status() != 408 && e.status() != 429) {
                file.forgetKey(); // by it the same refusal would be told for a day, also once there is no reason for it
            }
            throw e;
        }
    }

    /**
     * Ends the subscription that is kept.
     *
     * @return it as it was, without its secret; empty if there is none
     * @throws CallException if the API does not do it
     * @throws IOException if the folder cannot be used
     * @throws InterruptedException if the thread is interrupted while another process changes the subscription
     */
    public Optional<WebhookSubscription> unsubscribe() throws IOException, InterruptedException {
        return file.locked(() -> {
            Optional<WebhookSubscription> kept = file.read();
            if (kept.isPresent()) {
                delete(kept.get());
                file.delete();
            }
            return kept.map(WebhookSubscription::withoutSecret);
        });
    }

    private void delete(WebhookSubscription kept) {
        try {
            client.webhooks().delete(kept.id());
        } catch (RejectedException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            LOG.log(Level.INFO, "the API does not know the subscription {0} any more", kept.id());
        }
    }
}
