package dev.ludo.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files for operators fit the proxy: the settings that they name, its ports, its paths and its end. */
class DeploymentFilesTest {
    private static final Pattern SETTING = Pattern.compile("\\b(LUDO_[A-Z_]+|CORS_ORIGINS)\\b");

    private static final List<Object> POD = List.of("spec", "template", "spec");
    private static final List<Object> CONTAINER = List.of("spec", "template", "spec", "containers", 0);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env.example",
                "docker/compose.yaml",
                "docker/kubernetes.yaml",
                "docker/nginx.conf",
                "docker/Caddyfile",
                "docker/Dockerfile",
                "docker/Health.java"
            })
    void everySettingThatTheyNameIsOne(String file) throws IOException {
        assertThat(
                SETTING.matcher(read(file))
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> Setting.named(name).isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)),
                is(empty()));
    }

    @Test
    void theExampleOfSettingsStartsTheProxyOnceItHasAKey() throws IOException {
        String example = read(".env.example");
        assertThat(example, containsString("\nLUDO_API_KEY=\n"));
        Files.writeString(
                directory.resolve(".env"), example.replace("\nLUDO_API_KEY=\n", "\nLUDO_API_KEY=lk_live_canary_123\n"));
        List<String> warnings = new ArrayList<>();
        ServerConfig config = ServerConfig.load(Map.of(), directory, Optional.empty(), warnings::add);
        assertThat(warnings, is(empty()));
        assertThat(config.port(), is(8000));
    }

    @Test
    void kubernetesAsksForPathsThatAreServedOnPortsThatAreThere() throws IOException {
        Object deployment = kubernetes("Deployment");
        assertThat(
                at(deployment, CONTAINER, "ports"),
                is(List.of(
                        Map.of("name", "http", "containerPort", 8000),
                        Map.of("name", "admin", "containerPort", 9000))));
        assertThat(at(kubernetes("ConfigMap"), List.of("data"), "LUDO_ADMIN_PORT"), is("9000"));
        Object live = Map.of("path", "/health/live", "port", "http");
        assertThat(at(deployment, CONTAINER, "startupProbe", "httpGet"), is(live));
        assertThat(at(deployment, CONTAINER, "livenessProbe", "httpGet"), is(live));
        assertThat(
                at(deployment, CONTAINER, "readinessProbe", "httpGet"),
                is(Map.of("path", "/health/ready", "port", "http")));
        assertThat(at(kubernetes("Service"), List.of("spec"), "ports", 0, "targetPort"), is("http"));
    }

    @Test
    void kubernetesPicksItsOwnPods() throws IOException {
        Object deployment = kubernetes("Deployment");
        Object labels = at(deployment, List.of("spec", "template"), "metadata", "labels");
        List<Object> spec = List.of("spec");
        assertThat(at(deployment, spec, "selector", "matchLabels"), is(labels));
        assertThat(at(kubernetes("Service"), spec, "selector"), is(labels));
        assertThat(at(kubernetes("PodDisruptionBudget"), spec, "selector", "matchLabels"), is(labels));
    }

    @Test
    void whoeverEndsTheProxyWaitsForItsDrain() throws IOException {
        Object deployment = kubernetes("Deployment");
        int before = (int) at(deployment, CONTAINER, "lifecycle", "preStop", "sleep", "seconds");
        assertThat((int) at(deployment, POD, "terminationGracePeriodSeconds"), greaterThan(before + 30));
        for (String service : List.of("ludo-api", "ludo-worker")) {
            assertThat(at(compose(), List.of("services"), service, "stop_grace_period"), is("40s"));
        }
    }

    @Test
    void nothingRunsWithMoreRightsThanItNeeds() throws IOException {
        Object deployment = kubernetes("Deployment");
        assertThat(at(deployment, POD, "securityContext", "runAsNonRoot"), is(true));
        assertThat(at(deployment, POD, "securityContext", "runAsUser"), is(10001));
        assertThat(at(deployment, POD, "automountServiceAccountToken"), is(false));
        assertThat(
                at(deployment, CONTAINER, "securityContext"),
                is(Map.of(
                        "readOnlyRootFilesystem",
                        true,
                        "allowPrivilegeEscalation",
                        false,
                        "capabilities",
                        Map.of("drop", List.of("ALL")))));
        for (Object service : ((Map<?, ?>) at(compose(), List.of("services"))).values()) {
            assertThat(at(service, List.of("read_only")), is(true));
            assertThat(at(service, List.of("cap_drop")), is(List.of("ALL")));
            assertThat(at(service, List.of("security_opt")), is(List.of("no-new-privileges:true")));
        }
    }

    /** What lies below a node, by keys of maps and places in lists. */
    private static Object at(Object node, List<Object> base, Object... further) {
        List<Object> way = new ArrayList<>(base);
        way.addAll(List.of(further));
        Object here = node;
        for (Object step : way) {
            Object next = step instanceof Integer place ? ((List<?>) here).get(place) : ((Map<?, ?>) here).get(step);
            if (next == null) {
                throw new AssertionError("there is no " + step + " of " + way + " in " + node);
            }
            here = next;
        }
        return here;
    }

    private static Object compose() throws IOException {
        return yaml().load(read("docker/compose.yaml"));
    }

    private static Object kubernetes(String kind) throws IOException {
        for (Object document : yaml().loadAll(read("docker/kubernetes.yaml"))) {
            if (kind.equals(at(document, List.of("kind")))) {
                return document;
            }
        }
        throw new AssertionError("there is no " + kind);
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    private static String read(String file) throws IOException {
        return Files.readString(LauncherMachine.original().resolveSibling(file));
    }
}
