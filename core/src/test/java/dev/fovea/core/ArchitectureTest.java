package dev.fovea.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows inside core; those between the modules are checked where all modules are seen, in examples. */
class ArchitectureTest {
  private final JavaClasses core =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.fovea.core");

  @Test
  void tensorsAndKernelsDoNotKnowEachOther() {
    noClasses().that().resideInAPackage("dev.fovea.core").should().dependOnClassesThat()
        .resideInAnyPackage("dev.fovea.core.ops..", "dev.fovea.core.plan..", "dev.fovea.core.kernels..").check(core);
    noClasses().that().resideInAPackage("dev.fovea.core.kernels..").should().dependOnClassesThat()
        .resideInAnyPackage("dev.fovea.core", "dev.fovea.core.ops..", "dev.fovea.core.plan..").check(core);
  }

  @Test
  void operationsDoNotKnowPlans() {
    noClasses().that().resideInAPackage("dev.fovea.core.ops..").should().dependOnClassesThat()
        .resideInAPackage("dev.fovea.core.plan..").check(core);
  }

  @Test
  void filesKnowNothingOfTheRest() {
    noClasses().that().resideInAPackage("dev.fovea.core.io..").should().dependOnClassesThat(
        JavaClass.Predicates.resideInAPackage("dev.fovea..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.fovea.core.io..")))).check(core);
  }

  /** The choice knows the algorithms, these know the driver's interface; they do not know each other. */
  @Test
  void convolutionAlgorithmsDoNotKnowWhoChoosesThem() {
    String conv = "dev.fovea.core.kernels.conv";
    noClasses().that().resideInAPackage("dev.fovea.core.kernels").should().dependOnClassesThat()
        .resideInAPackage(conv + "..").check(core);
    noClasses().that().resideInAPackage(conv).should().dependOnClassesThat()
        .resideInAnyPackage(conv + ".choice", conv + ".winograd", conv + ".direct..").check(core);
    noClasses().that().resideInAPackage(conv + ".winograd").should().dependOnClassesThat()
        .resideInAnyPackage(conv + ".choice", conv + ".direct..").check(core);
    noClasses().that().resideInAPackage(conv + ".direct..").should().dependOnClassesThat()
        .resideInAnyPackage(conv + ".choice", conv + ".winograd").check(core);
    noClasses().that().resideInAPackage(conv + ".direct.loops").should().dependOnClassesThat()
        .resideInAnyPackage(conv, conv + ".direct").check(core);
  }

  @Test
  void onlyVectorClassesTouchTheIncubator() {
    noClasses().that().haveSimpleNameNotStartingWith("Vector").should().dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..").check(core);
  }

  /** Vectors of other lanes or shapes make C2 box those of all kernels. */
  @Test
  void kernelsHaveVectorsOfFloatsAndIntsOnly() {
    noClasses().should().dependOnClassesThat(
        JavaClass.Predicates.resideInAPackage("jdk.incubator.vector..").and(DescribedPredicate.not(
            HasName.Predicates.nameMatching("jdk\\.incubator\\.vector\\."
                + "((Float|Int)?Vector|Vector(Mask|Operators|Shape|Shuffle|Species))(\\$.*)?")))).check(core);
  }

  @Test
  void librariesDoNotPrint() {
    noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err").check(core);
  }
}
