package dev.ludo.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.ludo.client.LudoClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The house: which room may know of which, and what may be seen from outside. */
@AnalyzeClasses(packages = "dev.ludo", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CORE = "dev.ludo.core..";
    private static final String CLIENT = "dev.ludo.client..";
    private static final String TESTKIT = "dev.ludo.testkit..";
    private static final String SERVER = "dev.ludo.server..";
    private static final String WORKER = "dev.ludo.server.worker..";
    private static final String DEMO = "dev.ludo.server.demo..";

    @ArchTest
    static final ArchRule theCoreKnowsNobody = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENT, TESTKIT, SERVER, "io.helidon..", "java.net.http..", "java.util.logging..");

    @ArchTest
    static final ArchRule theCoreDoesNoLogging = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.System$Logger");

    @ArchTest
    static final ArchRule theCoreDoesNoFilesAndNoSockets = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
                    .and(not(type(URI.class)).and(not(type(URISyntaxException.class))))); // values that open nothing

    @ArchTest
    static final ArchRule yassonIsBehindOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ludo.core.json..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.yasson..", "org.eclipse.parsson..");

    @ArchTest
    static final ArchRule theClientKnowsTheCoreAlone = noClasses()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TESTKIT, SERVER, "io.helidon.webserver..");

    @ArchTest
    static final ArchRule theTestkitKnowsTheCoreAlone = noClasses()
            .that()
            .resideInAPackage(TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLIENT, SERVER, "io.helidon.webclient..");

    @ArchTest
    static final ArchRule onlyTheDemoKnowsTheTestkit = noClasses()
            .that(resideInAPackage(SERVER).and(not(resideInAPackage(DEMO))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TESTKIT, DEMO);

    @ArchTest
    static final ArchRule theProxyAsksTheApiThroughTheClientAlone = noClasses()
            .that(resideInAPackage(SERVER).and(not(resideInAPackage(WORKER)))) // which posts to the operator's own URLs
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.helidon.webclient..", "java.net.http..");

    @ArchTest
    static final ArchRule theWorkerDoesNotKnowTheApi =
            noClasses().that().resideInAPackage(WORKER).should().dependOnClassesThat(assignableTo(LudoClient.class));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.ludo.(*).(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule publicMeansPromised = classes()
            .that(resideInAnyPackage(CORE, CLIENT, TESTKIT))
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should(beInAnExportedPackageOrAProgram())
            .because("an implementation is package-private, or in a package that its module does not export");

    @ArchTest
    static final ArchRule nobodyWritesToStandardOutput = noClasses()
            .that()
            .doNotHaveSimpleName("Main")
            .and()
            .doNotHaveSimpleName("DemoMain")
            .and()
            .doNotHaveSimpleName("FakeLudoMain")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    // What several packages of one module share and nobody else may see.
    private static final Set<String> SHARED_WITHIN = Set.of("dev.ludo.client.http");

    // What a module exports is read from its descriptor's source: the classes are analysed without modules.
    private static ArchCondition<JavaClass> beInAnExportedPackageOrAProgram() {
        Path launcher = LauncherMachine.original();
        Set<String> exported = List.of("ludo-core", "ludo-client", "ludo-testkit").stream()
                .flatMap(module ->
                        exports(launcher.resolveSibling(module).resolve("src/main/java/module-info.java")).stream())
                .collect(Collectors.toSet());
        return new ArchCondition<>("be in an exported package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String home = type.getPackageName();
                boolean good = exported.contains(home) != SHARED_WITHIN.contains(home);
                events.add(new SimpleConditionEvent(
                        type, good, type.getName() + " is public in a package that is not exported"));
            }
        };
    }

    private static List<String> exports(Path descriptor) {
        try {
            return Files.readAllLines(descriptor).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("exports "))
                    .map(line -> line.substring("exports ".length()).replaceAll("[ ;].*", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
