package io.postern;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.postern.delivery.Channel;
import io.postern.enrollment.FactorCare;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;

/** The arrows between the packages: who may know whom. */
@AnalyzeClasses(packages = "io.postern", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String PROVIDERS = "io.postern.crypto.Providers";
    private static final Set<String> CLOCKS = Set.of("currentTimeMillis", "nanoTime");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.postern.(*)..").should().beFreeOfCycles();

    /** The new kind of factor is then one package beside the others, and none breaks when one goes. */
    @ArchTest
    static final ArchRule noFactorKnowsAnother =
            slices().matching("io.postern.factor.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule flowsKnowNoKindOfFactor = noClasses()
            .that()
            .resideOutsideOfPackage("io.postern.factor..")
            .and()
            .doNotHaveFullyQualifiedName("io.postern.enrollment.PendingFactor") // names TotpSetup for the document
            .and()
            .doNotHaveFullyQualifiedName("io.postern.enrollment.ActivatedFactor") // and RecoverySetup
            .and()
            .doNotHaveFullyQualifiedName("io.postern.enrollment.RecoveryCodeResource")
            .and()
            .doNotHaveFullyQualifiedName("io.postern.support.BypassCodeView") // and BypassSetup
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.postern.factor.*..");

    @ArchTest
    static final ArchRule factorsKnowNoFlow = noClasses()
            .that()
            .resideInAPackage("io.postern.factor..")
            .should()
            .dependOnClassesThat(ours("crypto", "factor", "delivery", "problem", "subject"));

    @ArchTest
    static final ArchRule foundationsKnowNoFeature = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.postern.crypto..",
                    "io.postern.throttle..",
                    "io.postern.store..",
                    "io.postern.problem..",
                    "io.postern.tracing..",
                    "io.postern.housekeeping..",
                    "io.postern.delivery..")
            .should()
            .dependOnClassesThat(ours("crypto", "throttle", "store", "problem", "tracing", "housekeeping", "delivery"));

    /** What leaves in a span is decided in one place: nobody else makes one, or adds to one. */
    @ArchTest
    static final ArchRule spansAreMadeInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("io.postern.tracing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule limitsOfSendingKnowNoFlow = noClasses()
            .that()
            .resideInAPackage("io.postern.sending..")
            .should()
            .dependOnClassesThat(
                    ours("sending", "crypto", "store", "problem", "throttle", "delivery", "event", "subject"));

    /** They count what goes out, whatever way it goes. */
    @ArchTest
    static final ArchRule limitsOfSendingKnowNoCourier = noClasses()
            .that()
            .resideInAPackage("io.postern.sending..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.postern.delivery..").and(not(type(Channel.class))));

    @ArchTest
    static final ArchRule messagesKnowOnlyWhatTheySay = noClasses()
            .that()
            .resideInAPackage("io.postern.message..")
            .should()
            .dependOnClassesThat(ours("message", "delivery", "factor", "token"));

    /** What it takes back is told to it through {@code Trust}. */
    @ArchTest
    static final ArchRule reversalsKnowNoFlow = noClasses()
            .that()
            .resideInAPackage("io.postern.reversal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.postern.enrollment..", "io.postern.challenge..");

    /** Sign-ins and changes of factors remember and forget devices, never the other way round. */
    @ArchTest
    static final ArchRule devicesKnowNoFlow = noClasses()
            .that()
            .resideInAPackage("io.postern.device..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.postern.challenge..", "io.postern.enrollment..", "io.postern.token..");

    /** RULES F4: what needs no proof of a person is reached by the help desk alone. */
    @ArchTest
    static final ArchRule onlyTheHelpDeskActsWithoutAProof = noClasses()
            .that()
            .resideOutsideOfPackages("io.postern.support..", "io.postern.enrollment..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(FactorCare.class);

    @ArchTest
    static final ArchRule nobodyKnowsTheHelpDesk = noClasses()
            .that()
            .resideOutsideOfPackage("io.postern.support..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.postern.support..");

    @ArchTest
    static final ArchRule nobodyKnowsOperations = noClasses()
            .that()
            .resideOutsideOfPackage("io.postern.ops..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.postern.ops..");

    /** What moves people here goes when nobody moves any more. */
    @ArchTest
    static final ArchRule nobodyKnowsImports = noClasses()
            .that()
            .resideOutsideOfPackage("io.postern.importing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.postern.importing..");

    @ArchTest
    static final ArchRule resourcesAreTheirFeaturesOwn =
            classes().that().areAnnotatedWith(Path.class).should().notBePublic();

    @ArchTest
    static final ArchRule entitiesAreTheirFeaturesOwn =
            classes().that().areAnnotatedWith(Entity.class).should().notBePublic();

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(PROVIDERS)
            .should()
            .callCodeUnitWhere(describe("asks the machine for the time", ArchitectureTest::asksForTheTime));

    @ArchTest
    static final ArchRule chanceComesFromOneSource = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(PROVIDERS)
            .should()
            .callConstructor(SecureRandom.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom");

    @ArchTest
    static final ArchRule ciphersStayInTheirPackage = noClasses()
            .that()
            .resideOutsideOfPackages("io.postern.crypto..", "io.postern.factor.totp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.crypto..");

    @ArchTest
    static final ArchRule nothingIsCalledUtil = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils");

    @ArchTest
    static final ArchRule collaboratorsArePassedIn = noFields().should().beAnnotatedWith(Inject.class);

    private static DescribedPredicate<JavaClass> ours(String... allowed) {
        var packages =
                Arrays.stream(allowed).map(name -> "io.postern." + name + "..").toArray(String[]::new);
        return resideInAPackage("io.postern..").and(not(resideInAnyPackage(packages)));
    }

    private static boolean asksForTheTime(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        var name = call.getTarget().getName();
        return (owner.getPackageName().equals("java.time") && name.equals("now"))
                || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
                || (owner.isEquivalentTo(System.class) && CLOCKS.contains(name))
                || (owner.isEquivalentTo(Date.class) && name.equals("<init>"));
    }
}
