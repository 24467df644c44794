package io.postern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Tests run on real stores and the real service; what a mock was taught proves nothing about either. */
@AnalyzeClasses(packages = "io.postern")
final class NoMocksTest {

    @ArchTest
    static final ArchRule nothingMocks = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mockito..", "org.easymock..", "org.powermock..", "io.mockk..", "mockit..");
}
