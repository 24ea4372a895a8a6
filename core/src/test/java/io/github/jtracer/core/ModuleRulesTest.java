package io.github.jtracer.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may use what, in everything that runs inside a target. */
@AnalyzeClasses(packages = "io.github.jtracer", importOptions = DoNotIncludeTests.class)
final class ModuleRulesTest {
    @ArchTest
    static final ArchRule PROBE_USES_THE_JDK_ONLY =
            classes()
                    .that()
                    .resideInAPackage("io.github.jtracer.probe")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("io.github.jtracer.probe", "java..", "jdk.internal..");

    @ArchTest
    static final ArchRule PROBE_CALLS_NOTHING_THAT_MAY_BE_WOVEN_ON_ITS_HOT_PATH =
            noClasses()
                    .that()
                    .haveSimpleName("Probe")
                    .or()
                    .haveSimpleName("ThreadLog")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.util..");

    @ArchTest
    static final ArchRule TRACE_USES_THE_JDK_ONLY =
            classes()
                    .that()
                    .resideInAPackage("io.github.jtracer.trace..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("io.github.jtracer.trace..", "java..");

    @ArchTest
    static final ArchRule FILTERS_KNOW_NOTHING_OF_WEAVING =
            noClasses()
                    .that()
                    .resideInAPackage("io.github.jtracer.core.filter")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.github.jtracer.core.weave", "net.bytebuddy..");

    @ArchTest
    static final ArchRule OF_BYTE_BUDDY_ONLY_ITS_ASM_IS_USED =
            noClasses()
                    .that()
                    .resideInAPackage("io.github.jtracer..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "net.bytebuddy",
                            "net.bytebuddy.agent..",
                            "net.bytebuddy.asm..",
                            "net.bytebuddy.matcher..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.github.jtracer.core.(*)..").should().beFreeOfCycles();
}
