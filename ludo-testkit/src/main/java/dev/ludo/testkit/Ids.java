package dev.ludo.testkit;

import dev.ludo.core.model.GameId;
import dev.ludo.core.model.PlayerId;
import dev.ludo.core.model.RoomCode;
import dev.ludo.core.model.Secret;
import dev.ludo.core.model.WebhookId;
import dev.ludo.core.webhook.WebhookSigner;
import java.util.SplittableRandom;

/** Names for new things, from a seed, so that a run can be repeated. Whoever asks sees to it that none is used twice. */
final class Ids {
    private static final String WORD = "0123456789abcdefghijklmnopqrstuvwxyz";

    /** Without I and O, which look like 1 and 0, and without those digits. */
    private static final String CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    // The dice have the streams seed, seed + 1, …; this keeps the names away from them.
    private static final long APART = 0x1D5_0000_0000_0000L;

    private final SplittableRandom random;

    Ids(long seed) {
        this.random = new SplittableRandom(seed ^ APART);
    }

    PlayerId player() {
        return PlayerId.of("plr_" + text(WORD, 8));
    }

    GameId game() {
        return GameId.of("gam_" + text(WORD, 8));
    }

    RoomCode room() {
        return RoomCode.of(text(CODE, 6));
    }

    Secret playerToken() {
        return Secret.of("pt_" + text(WORD, 29));
    }

    WebhookId webhook() {
        return WebhookId.of("wh_" + text(WORD, 12));
    }

    Secret webhookSecret() {
        return WebhookSigner.newSecret(random);
    }

    /** What a delivery is known by, over all its attempts. */
    String delivery() {
        return "msg_" + text(WORD, 24);
    }

    byte[] signingKey() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return key;
    }

    private String text(String alphabet, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }
}
