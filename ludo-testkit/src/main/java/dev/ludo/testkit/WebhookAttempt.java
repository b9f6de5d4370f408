package dev.ludo.testkit;

import dev.ludo.core.model.WebhookId;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * One attempt of a fake to deliver an event.
 *
 * @param subscription for which webhook
 * @param deliveryId the {@code webhook-id}, the same for all attempts to deliver the event there
 * @param type what happened, such as {@code game.ended}
 * @param number which attempt it was, from 1
 * @param at when it began, by the fake's clock
 * @param status what was answered; empty if nothing was
 */
public record WebhookAttempt(
        WebhookId subscription, String deliveryId, String type, int number, Instant at, OptionalInt status) {}
