package dev.ludo.testkit;

import dev.ludo.core.error.ErrorCode;
import dev.ludo.testkit.fault.ActiveFault;
import dev.ludo.testkit.fault.Fault;
import dev.ludo.testkit.fault.FaultMatch;
import dev.ludo.testkit.fault.FaultRule;
import dev.ludo.testkit.fault.Faults;
import dev.ludo.testkit.fault.MessageFault;
import java.util.LinkedHashMap;
import java.util.Map;

/** The part of the control API that is about faults. */
final class FaultControl {
    private final Faults faults;

    FaultControl(Faults faults) {
        this.faults = faults;
    }

    void addTo(RouteTable routes) {
        routes.add(
                        "POST",
                        "/__ludo/faults",
                        (call, at) -> Answer.created(Map.of(
                                "id", faults.add(FaultJson.read(call.json())).id())))
                .add(
                        "GET",
                        "/__ludo/faults",
                        (call, at) -> Answer.ok(
                                faults.list().stream().map(FaultControl::view).toList()))
                .add("DELETE", "/__ludo/faults", (call, at) -> {
                    faults.clear();
                    return Answer.noContent();
                })
                .add("DELETE", "/__ludo/faults/{id}", (call, at) -> remove(at.get("id")));
    }

    private Answer remove(String id) {
        if (!faults.remove(id)) {
            throw ApiFailure.of(ErrorCode.NOT_FOUND, "there is no fault " + id + " that may still hit");
        }
        return Answer.noContent();
    }

    private static Map<String, Object> view(ActiveFault active) {
        FaultRule rule = active.rule();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", active.id());
        data.put("match", view(rule.match()));
        data.put("stage", rule.stage().word());
        data.put("fault", view(rule.fault()));
        data.put("times", rule.times());
        data.put("skip", rule.skip());
        data.put("probability", rule.probability());
        rule.seed().ifPresent(seed -> data.put("seed", seed));
        data.put("hits", active.hits());
        return data;
    }

    private static Map<String, Object> view(FaultMatch match) {
        Map<String, Object> data = new LinkedHashMap<>();
        match.method().ifPresent(method -> data.put("method", method));
        match.path().ifPresent(path -> data.put("path", path.toString()));
        match.message().ifPresent(message -> data.put("message", message.toString()));
        match.direction().ifPresent(way -> data.put("direction", way.word()));
        return data;
    }

    private static Map<String, Object> view(Fault fault) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("kind", fault.kind());
        if (fault instanceof Fault.Status status) {
            data.put("code", status.code());
            data.put("headers", status.headers());
            status.body().ifPresent(body -> data.put("body", body));
        } else if (fault instanceof Fault.Delay delay) {
            data.put("duration", delay.duration().toString());
        } else if (fault instanceof Fault.SlowBody slow) {
            data.put("bytesPerSecond", slow.bytesPerSecond());
        } else if (fault instanceof Fault.Truncate truncate) {
            data.put("afterBytes", truncate.afterBytes());
        } else if (fault instanceof MessageFault.Close close) {
            data.put("code", close.code());
            data.put("reason", close.reason());
        }
        return data;
    }
}
