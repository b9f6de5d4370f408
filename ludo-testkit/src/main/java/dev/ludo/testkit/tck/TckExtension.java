package dev.ludo.testkit.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Skips the cases for which the target lacks a feature, and lets a failed one say which section was broken. */
final class TckExtension implements ExecutionCondition, TestExecutionExceptionHandler {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<TckCase> found = context.getTestMethod().map(method -> method.getAnnotation(TckCase.class));
        if (found.isEmpty() || !(context.getTestInstance().orElse(null) instanceof TckSuite suite)) {
            return ConditionEvaluationResult.enabled("not a case of the contract");
        }
        TckTarget target = suite.target();
        List<TckFeature> missing = needs(found.get()).stream()
                .filter(feature -> !target.offers(feature))
                .toList();
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("the target has what the case needs")
                : ConditionEvaluationResult.disabled("the target is without " + missing);
    }

    private static List<TckFeature> needs(TckCase found) {
        List<TckFeature> needs = new ArrayList<>(Arrays.asList(found.needs()));
        if (found.mark() == TckCase.Mark.D) {
            needs.addFirst(TckFeature.DESIGNED);
        }
        return needs;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        Optional<String> section = context.getTestMethod().flatMap(TckNames::section);
        if (section.isEmpty() || !(thrown instanceof AssertionError || thrown instanceof RuntimeException)) {
            throw thrown;
        }
        String what = thrown instanceof AssertionError ? thrown.getMessage() : thrown.toString();
        AssertionError told = new AssertionError(section.get() + ": " + what, thrown.getCause());
        told.setStackTrace(thrown.getStackTrace());
        Arrays.asList(thrown.getSuppressed()).forEach(told::addSuppressed);
        throw told;
    }
}
