package dev.ludo.testkit.tck;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Names a case after what it promises and where the contract says so. */
final class TckNames extends DisplayNameGenerator.Standard {
    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> testClass, Method method) {
        return section(method)
                .map(section -> method.getName() + " (" + section + ')')
                .orElseGet(() -> super.generateDisplayNameForMethod(enclosing, testClass, method));
    }

    /** Such as {@code contract 1: POST /rooms [A]}; empty for a test that is no case of ours. */
    static Optional<String> section(Method method) {
        return Optional.ofNullable(method.getAnnotation(TckCase.class))
                .map(found -> "contract " + found.value() + " [" + found.mark() + ']');
    }
}
