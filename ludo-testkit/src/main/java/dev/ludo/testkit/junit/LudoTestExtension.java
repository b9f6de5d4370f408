package dev.ludo.testkit.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The extension of a class that has the annotation, which says whether its tests share a fake. */
final class LudoTestExtension extends LudoExtension {
    LudoTestExtension() {
        super(builder -> {}, false);
    }

    @Override
    boolean isShared(ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            var found = AnnotationSupport.findAnnotation(type, LudoTest.class);
            if (found.isPresent()) {
                return found.get().shared();
            }
        }
        return false;
    }
}
