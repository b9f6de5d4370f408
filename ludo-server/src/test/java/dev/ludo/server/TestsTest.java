package dev.ludo.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.ludo.core.model.Secret;
import java.net.URI;

/** What every test of this module does, the next one too. */
@AnalyzeClasses(packages = "dev.ludo.server", importOptions = ImportOption.OnlyIncludeTests.class)
class TestsTest {
    @ArchTest
    static final ArchRule theirProxiesHaveAKeyThatIsWatchedFor = noClasses()
            .that()
            .areNotAssignableFrom(ProxyTest.class)
            .should()
            .callMethod(ServerConfig.class, "of", URI.class, Secret.class)
            .because("SecretsWatch looks for the key of ProxyTest.config in all that is told");
}
