package dev.ludo.testkit;

import dev.ludo.core.json.Requests;
import dev.ludo.core.model.NewWebhook;
import dev.ludo.core.model.WebhookSubscription;

/** Who is told of what by webhook. */
final class WebhookRoutes {
    private final World world;

    WebhookRoutes(World world) {
        this.world = world;
    }

    void addTo(RouteTable routes) {
        routes.add("POST", "/v1/webhooks", this::subscribe)
                .add("GET", "/v1/webhooks", this::all)
                .add("DELETE", "/v1/webhooks/{id}", this::delete);
    }

    private Answer subscribe(Call call, RouteTable.Params at) {
        NewWebhook wish = Requests.newWebhook(call.fields());
        ApiRoutes.caller(call, world);
        return Answer.created(world.ask(now -> now.webhooks.subscribe(wish)));
    }

    private Answer all(Call call, RouteTable.Params at) {
        ApiRoutes.caller(call, world);
        return Answer.ok(world.ask(now -> now.webhooks.all()).stream()
                .map(WebhookSubscription::withoutSecret)
                .toList());
    }

    private Answer delete(Call call, RouteTable.Params at) {
        ApiRoutes.caller(call, world);
        world.tell(now -> now.webhooks.delete(at.get("id")));
        return Answer.noContent();
    }
}
