package dev.fovea.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, from the one that sees them all. */
class ArchitectureTest {
  private static final String VECTOR_API = "jdk.incubator.vector..";
  private static final List<String> LIBRARIES = List.of("core", "layers", "optim", "data", "train");

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      // Other modules' tests come as a jar when the build has got as far as packaging.
      .withImportOption(location -> !location.contains("-tests.jar"))
      .importPackages("dev.fovea");

  @Test
  void everyModuleIsSeen() {
    for (String module : LIBRARIES) {
      assertThat(CLASSES.stream().filter(type -> module(type).equals(module))).as(module).hasSizeGreaterThan(5);
    }
  }

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dev.fovea..")
        .layer("core").definedBy("dev.fovea.core..")
        .layer("layers").definedBy("dev.fovea.layers..")
        .layer("optim").definedBy("dev.fovea.optim..")
        .layer("data").definedBy("dev.fovea.data..")
        .layer("train").definedBy("dev.fovea.train..")
        .layer("examples").definedBy("dev.fovea.examples..")
        .whereLayer("examples").mayNotBeAccessedByAnyLayer()
        .whereLayer("train").mayOnlyBeAccessedByLayers("examples")
        .whereLayer("layers").mayOnlyBeAccessedByLayers("train", "examples")
        .whereLayer("optim").mayOnlyBeAccessedByLayers("train", "examples")
        .whereLayer("data").mayOnlyBeAccessedByLayers("train", "examples")
        .whereLayer("core").mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void augmentationsDoNotKnowDataSets() {
    noClasses().that().resideInAPackage("dev.fovea.data.augment").should().dependOnClassesThat()
        .resideInAPackage("dev.fovea.data").check(CLASSES);
  }

  @Test
  void onlyVectorClassesTouchTheVectorApi() {
    noClasses().that(not(simpleNameStartingWith("Vector")).and(not(insideVector())))
        .should().dependOnClassesThat().resideInAPackage(VECTOR_API).check(CLASSES);
    assertThat(CLASSES.stream().filter(type -> type.getDirectDependenciesFromSelf().stream()
        .anyMatch(use -> use.getTargetClass().getPackageName().startsWith("jdk.incubator")))).isNotEmpty();
  }

  private static DescribedPredicate<JavaClass> insideVector() {
    return DescribedPredicate.describe("inside a class named Vector*",
        type -> type.getName().substring(type.getPackageName().length() + 1).startsWith("Vector"));
  }

  @Test
  void noNameTwice() {
    Map<String, List<String>> modulesByName = CLASSES.stream()
        .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .collect(Collectors.groupingBy(JavaClass::getSimpleName,
            Collectors.mapping(ArchitectureTest::module, Collectors.toList())));
    modulesByName.values().removeIf(modules -> modules.size() == 1);
    assertThat(modulesByName).isEmpty();
  }

  @Test
  void librariesPrintNothing() {
    noClasses().that().resideOutsideOfPackage("dev.fovea.examples..")
        .should(ACCESS_STANDARD_STREAMS).check(CLASSES);
  }

  @Test
  void librariesLogWithSlf4jAlone() {
    noClasses().that().resideOutsideOfPackage("dev.fovea.examples..")
        .should().dependOnClassesThat().resideInAnyPackage("ch.qos.logback..", "java.util.logging..", "picocli..",
            "me.tongfei..").check(CLASSES);
    classes().that().resideInAPackage("dev.fovea.core..").should().onlyDependOnClassesThat()
        .resideInAnyPackage("dev.fovea.core..", "java..", "org.slf4j..", VECTOR_API).check(CLASSES);
  }

  private static String module(JavaClass type) {
    return type.getPackageName().split("\\.")[2];
  }
}
