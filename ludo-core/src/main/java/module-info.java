/** What Ludo is: values, events, rules and the wire format. */
module dev.ludo.core {
    requires transitive jakarta.json;
    requires transitive jakarta.json.bind;
    requires org.eclipse.yasson;
    requires static transitive org.jspecify;

    exports dev.ludo.core.error;
    exports dev.ludo.core.event;
    exports dev.ludo.core.json;
    exports dev.ludo.core.model;
    exports dev.ludo.core.rules;
    exports dev.ludo.core.webhook;
}
