package dev.ludo.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What came of a test class that was run by JUnit within a test; each test by its display name. Containers count when they fail. */
public final class JUnitRun implements TestExecutionListener {
    private final Map<String, String> passed = new TreeMap<>();
    private final Map<String, Throwable> failed = new TreeMap<>();
    private final Map<String, String> skipped = new TreeMap<>();
    private final Map<String, String> reported = new TreeMap<>();

    private JUnitRun() {}

    /** Runs one class; the settings are JUnit's configuration parameters. */
    public static JUnitRun of(Class<?> testClass, Map<String, String> settings) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(testClass))
                .configurationParameters(settings)
                .build();
        JUnitRun run = new JUnitRun();
        LauncherFactory.create().execute(request, run);
        return run;
    }

    public static JUnitRun of(Class<?> testClass) {
        return of(testClass, Map.of());
    }

    public Map<String, String> passed() {
        return passed;
    }

    public Map<String, Throwable> failed() {
        return failed;
    }

    /** What a test failed with; it must have failed. */
    public Throwable failure(String name) {
        return Optional.ofNullable(failed.get(name))
                .orElseThrow(() -> new AssertionError(name + " has not failed; failed have " + failed));
    }

    public Map<String, String> skipped() {
        return skipped;
    }

    /** The values that were reported, by their keys. */
    public Map<String, String> reported() {
        return reported;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        skipped.put(test.getDisplayName(), reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getThrowable().isPresent()) {
            failed.put(test.getDisplayName(), result.getThrowable().get());
        } else if (test.isTest()) {
            passed.put(test.getDisplayName(), "");
        }
    }

    @Override
    public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        reported.putAll(entry.getKeyValuePairs());
    }
}
