package dev.ludo.server;

import dev.ludo.client.LudoClient;
import dev.ludo.core.error.CallException;
import dev.ludo.server.webhook.Subscriptions;
import java.io.IOException;
import java.nio.file.Path;

/** What {@code worker unsubscribe} does. */
final class Unsubscribing {
    private Unsubscribing() {}

    /**
     * Ends the subscription that a folder keeps.
     *
     * @param config where the API is, and the key that goes there
     * @param folder the data folder
     * @return what was done, as a sentence
     * @throws BadSettingException if the folder cannot be used
     * @throws NotDoneException if the API does not do it; then the subscription is as it was
     */
    static String run(ServerConfig config, Path folder) {
        try (LudoClient client = LudoClient.builder()
                .baseUri(config.apiBaseUrl())
                .apiKey(config::apiKey)
                .allowHttp(config.allowHttp())
                .build()) {
            return new Subscriptions(folder, client)
                    .unsubscribe()
                    .map(ended -> "the API delivers no longer to " + ended.url())
                    .orElseGet(() -> "there is no subscription in " + folder);
        } catch (CallException e) {
            throw new NotDoneException("the API has not ended the subscription: " + e.getMessage());
        } catch (IOException e) {
            throw new BadSettingException("LUDO_DATA_DIR names a folder that cannot be used: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDoneException("interrupted before the API was asked");
        }
    }
}
